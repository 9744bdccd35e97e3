package dev.darkroom.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_core.bitwise_not;
import static org.bytedeco.opencv.global.opencv_core.merge;
import static org.bytedeco.opencv.global.opencv_core.multiply;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_420;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_444;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_PNG_FILTER;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_PNG_FILTER_PAETH;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_TIFF_COMPRESSION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_TIFF_COMPRESSION_LZW;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_WEBP_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_GRAY2BGR;

import dev.darkroom.image.codec.JdkCodecs;
import dev.darkroom.image.codec.OpenCv;
import dev.darkroom.image.file.ImageFile;
import dev.darkroom.image.file.ImageTooLargeException;
import dev.darkroom.image.file.Metadata;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;

/** Writes photos as image files, keeping all that the format can hold; safe for use by many threads. */
public final class ImageEncoder {

    /** From here on JPEG keeps colour at full resolution. */
    private static final int FULL_CHROMA_QUALITY = 90;
    private static final double MAX_8BIT_OF_MAX_16BIT = 255.0 / 65535.0;

    /**
     * Encodes {@code photo}, which is left as it was.
     *
     * @throws ImageTooLargeException if a side is longer than the format allows
     */
    public EncodedImage encode(Photo photo, EncodeOptions options) {
        var format = options.format();
        format.requireHolds(photo.pixels().width(), photo.pixels().height());
        var changed = new TreeSet<>(photo.changed());
        boolean alpha = photo.alpha().isPresent() && format.holdsAlpha();
        boolean gray = photo.pixels().channels() == 1 && format.holdsGray() && (!alpha || photo.pixels().lend(JdkCodecs::canWriteGrayWithAlpha));
        if (photo.pixels().channels() == 1 && !gray) {
            changed.add("grayscale");
        }
        if (photo.alpha().isPresent() && !alpha) {
            changed.add("alpha");
        }
        var metadata = kept(photo, options, gray, changed);
        byte[] bytes = tones(photo, metadata, pixels -> photo.alpha()
                .map(raster -> raster.lend(mask -> encode(pixels, Optional.of(mask), gray, metadata, options, changed)))
                .orElseGet(() -> encode(pixels, Optional.empty(), gray, metadata, options, changed)));
        return new EncodedImage(format, bytes, Collections.unmodifiableSet(changed));
    }

    /** What goes along: by the policy, as far as profile and picture fit together and the format has room. */
    private static Metadata kept(Photo photo, EncodeOptions options, boolean gray, Set<String> changed) {
        var metadata = options.metadata().applied(photo.metadata(), photo.pixels().width(), photo.pixels().height());
        if (!gray && metadata.hasGrayProfile()) {
            metadata = metadata.withoutIcc();
            changed.add("icc");
        }
        for (var less : List.of(metadata, metadata.with(metadata.exif(), Optional.empty()), metadata.with(Optional.empty(), metadata.xmp()))) {
            if (options.format().holds(less)) {
                changed.addAll(less == metadata ? Set.of() : Set.of("metadata"));
                return less;
            }
        }
        changed.add("metadata");
        return metadata.stripped();
    }

    /** The pixels with their profile's tones if it goes along, else with sRGB's. */
    private static byte[] tones(Photo photo, Metadata kept, Function<Mat, byte[]> encode) {
        if (kept.icc().isPresent() || !photo.pixels().hasOtherTones()) {
            return photo.pixels().lend(encode);
        }
        try (Raster srgb = photo.pixels().withSrgbTones()) {
            return srgb.lend(encode);
        }
    }

    private static byte[] encode(Mat pixels, Optional<Mat> alpha, boolean gray, Metadata metadata, EncodeOptions options, Set<String> changed) {
        var format = options.format();
        // Closes, last of all, every Mat made on the way.
        try (var scope = new PointerScope()) {
            if (gray && alpha.isPresent() && format.holdsAlpha()) {
                return ImageFile.of(ByteBuffer.wrap(JdkCodecs.grayWithAlpha(pixels, alpha.get(), format))).embedding(metadata);
            }
            var mat = pixels.channels() == 1 && !gray ? OpenCv.converted(pixels, COLOR_GRAY2BGR) : pixels;
            if (alpha.isPresent()) {
                mat = format.holdsAlpha() ? withAlpha(mat, alpha.get()) : overWhite(mat, alpha.get());
            }
            if (mat.depth() != CV_8U && !format.holds16Bit()) {
                mat = to8Bit(mat);
                changed.add("bit-depth");
            }
            var encoded = OpenCv.encode(mat, format, parameters(options));
            return ImageFile.of(encoded.asByteBuffer()).embedding(metadata);
        }
    }

    private static int[] parameters(EncodeOptions options) {
        return switch (options.format()) {
            case JPEG -> new int[] {IMWRITE_JPEG_QUALITY, options.quality(), IMWRITE_JPEG_SAMPLING_FACTOR,
                    options.quality() >= FULL_CHROMA_QUALITY ? IMWRITE_JPEG_SAMPLING_FACTOR_444 : IMWRITE_JPEG_SAMPLING_FACTOR_420};
            case WEBP -> new int[] {IMWRITE_WEBP_QUALITY, options.quality()};
            // A compression level would replace OpenCV's run-length strategy: twice the time and larger files for photographs.
            case PNG -> new int[] {IMWRITE_PNG_FILTER, IMWRITE_PNG_FILTER_PAETH};
            case TIFF -> new int[] {IMWRITE_TIFF_COMPRESSION, IMWRITE_TIFF_COMPRESSION_LZW};
            case BMP -> throw new IllegalArgumentException("BMPs are not written");
        };
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
