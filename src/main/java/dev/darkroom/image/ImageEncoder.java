package dev.darkroom.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_core.bitwise_not;
import static org.bytedeco.opencv.global.opencv_core.merge;
import static org.bytedeco.opencv.global.opencv_core.multiply;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_PROGRESSIVE;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_420;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_422;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_444;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_PNG_COMPRESSION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_PNG_FILTER;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_PNG_FILTER_PAETH;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_TIFF_COMPRESSION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_TIFF_COMPRESSION_LZW;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_WEBP_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_GRAY2BGR;

import dev.darkroom.image.codec.JdkCodecs;
import dev.darkroom.image.codec.OpenCv;
import dev.darkroom.image.container.ImageFile;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.ImageTooLargeException;
import dev.darkroom.image.file.Ledger;
import dev.darkroom.image.file.Metadata;
import dev.darkroom.memory.NativeBytes;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;

/** Writes photos as image files, keeping all that the format can hold; safe for use by many threads. */
public final class ImageEncoder {

    /** As OpenCV spells it. */
    private static final int LOSSLESS_WEBP = 101;
    private static final double MAX_8BIT_OF_MAX_16BIT = 255.0 / 65535.0;

    /**
     * Encodes {@code photo}, which is left as it was.
     *
     * @throws ImageTooLargeException if a side is longer than the format allows
     */
    public EncodedImage encode(Photo photo, EncodeOptions options) {
        var format = options.format();
        format.requireHolds(photo.pixels().width(), photo.pixels().height());
        boolean alpha = photo.alpha().isPresent() && format.holdsAlpha();
        boolean gray = photo.pixels().channels() == 1 && format.holdsGray() && (!alpha || photo.pixels().lend(JdkCodecs::canWriteGrayWithAlpha));
        boolean lossless = options.coding().isLossless(photo.carried().isLossless(format));
        var metadata = kept(photo, options, gray ? 1 : 3);
        NativeBytes file = tones(photo, metadata, pixels -> photo.alpha()
                .map(raster -> raster.lend(mask -> encode(pixels, Optional.of(mask), gray, metadata, options, lossless)))
                .orElseGet(() -> encode(pixels, Optional.empty(), gray, metadata, options, lossless)));
        Ledger wanted = options.metadata().wanted(photo.carried(), photo.metadata());
        return new EncodedImage(format, file, Collections.unmodifiableSet(wanted.lackedBy(ImageFile.of(file.view()).ledger()).names()));
    }

    /** What goes along: by the policy, as far as profile and picture fit together and the format has room. */
    private static Metadata kept(Photo photo, EncodeOptions options, int channels) {
        var metadata = options.metadata().applied(photo.metadata(), photo.pixels().width(), photo.pixels().height());
        return ImageFile.fitting(options.format(), metadata.profileFits(channels) ? metadata : metadata.withoutIcc());
    }

    /** The pixels with their profile's tones if it goes along, else with sRGB's. */
    private static NativeBytes tones(Photo photo, Metadata kept, Function<Mat, NativeBytes> encode) {
        if (kept.icc().isPresent() || !photo.pixels().hasOtherTones()) {
            return photo.pixels().lend(encode);
        }
        try (Raster srgb = photo.pixels().withSrgbTones()) {
            return srgb.lend(encode);
        }
    }

    private static NativeBytes encode(Mat pixels, Optional<Mat> alpha, boolean gray, Metadata metadata, EncodeOptions options, boolean lossless) {
        var format = options.format();
        // Closes, last of all, every Mat made on the way.
        try (var scope = new PointerScope()) {
            if (gray && alpha.isPresent() && format.holdsAlpha()) {
                return embedding(metadata, ByteBuffer.wrap(JdkCodecs.grayWithAlpha(pixels, alpha.get(), format, options.coding().compression())));
            }
            var mat = pixels.channels() == 1 && !gray ? OpenCv.converted(pixels, COLOR_GRAY2BGR) : pixels;
            if (alpha.isPresent()) {
                mat = format.holdsAlpha() ? withAlpha(mat, alpha.get()) : overWhite(mat, alpha.get());
            }
            if (mat.depth() != CV_8U && !format.holds16Bit()) {
                mat = to8Bit(mat);
            }
            var encoded = OpenCv.encode(mat, format, parameters(format, options.coding(), lossless));
            return embedding(metadata, encoded.asByteBuffer());
        }
    }

    private static NativeBytes embedding(Metadata metadata, ByteBuffer encoded) {
        var file = new AtomicReference<NativeBytes>();
        ImageFile.of(encoded).embedding(metadata, bytes -> {
            file.set(NativeBytes.ofSize(bytes));
            return file.get().view();
        });
        return file.get();
    }

    private static int[] parameters(ImageFormat format, Coding coding, boolean lossless) {
        return switch (format) {
            case JPEG -> new int[] {IMWRITE_JPEG_QUALITY, coding.qualityOrDefault(), IMWRITE_JPEG_SAMPLING_FACTOR, sampling(coding.chromaOrDefault()),
                    IMWRITE_JPEG_PROGRESSIVE, coding.progressive() ? 1 : 0};
            case WEBP -> new int[] {IMWRITE_WEBP_QUALITY, lossless ? LOSSLESS_WEBP : coding.qualityOrDefault()};
            case PNG -> png(coding.compression());
            case TIFF -> new int[] {IMWRITE_TIFF_COMPRESSION, IMWRITE_TIFF_COMPRESSION_LZW};
            default -> throw new IllegalArgumentException(format + " is not written");
        };
    }

    private static int sampling(Chroma chroma) {
        return switch (chroma) {
            case HALF_BOTH -> IMWRITE_JPEG_SAMPLING_FACTOR_420;
            case HALF_ACROSS -> IMWRITE_JPEG_SAMPLING_FACTOR_422;
            case FULL -> IMWRITE_JPEG_SAMPLING_FACTOR_444;
        };
    }

    /** Without a level OpenCV looks for runs alone, which takes half the time and for photographs makes smaller files; a filter comes last, or it is reset. */
    private static int[] png(OptionalInt level) {
        return level.isPresent() ? new int[] {IMWRITE_PNG_COMPRESSION, level.getAsInt(), IMWRITE_PNG_FILTER, IMWRITE_PNG_FILTER_PAETH}
                : new int[] {IMWRITE_PNG_FILTER, IMWRITE_PNG_FILTER_PAETH};
    }

    private static Mat withAlpha(Mat bgr, Mat alpha) {
        var bgra = new Mat();
        merge(new MatVector(bgr, alpha), bgra);
        return bgra;
    }

    /** Of each sample's distance to white, the part that alpha lets through. */
    private static Mat overWhite(Mat pixels, Mat alpha) {
        var mask = pixels.channels() == 1 ? alpha : OpenCv.converted(alpha, COLOR_GRAY2BGR);
        var white = new Mat();
        bitwise_not(pixels, white);
        multiply(white, mask, white, pixels.depth() == CV_8U ? 1 / 255.0 : 1 / 65535.0, -1);
        bitwise_not(white, white);
        return white;
    }

    private static Mat to8Bit(Mat pixels) {
        var rounded = new Mat();
        pixels.convertTo(rounded, CV_8U, MAX_8BIT_OF_MAX_16BIT, 0);
        return rounded;
    }
}
