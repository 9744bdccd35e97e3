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

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
        var changed = new TreeSet<String>();
        byte[] bytes = photo.pixels().with(pixels -> photo.alpha()
                .map(alpha -> alpha.with(mask -> encode(pixels, Optional.of(mask), photo.metadata(), options, changed)))
                .orElseGet(() -> encode(pixels, Optional.empty(), photo.metadata(), options, changed)));
        return new EncodedImage(format, bytes, Collections.unmodifiableSet(changed));
    }

    private static byte[] encode(Mat pixels, Optional<Mat> alpha, Metadata metadata, EncodeOptions options, Set<String> changed) {
        var format = options.format();
        // Closes, last of all, every Mat made on the way.
        try (var scope = new PointerScope()) {
            var mat = pixels;
            if (mat.channels() == 1 && (!format.holdsGray() || alpha.isPresent() && format.holdsAlpha())) {
                mat = OpenCv.converted(mat, COLOR_GRAY2BGR);
                changed.add("grayscale");
            }
            if (alpha.isPresent() && format.holdsAlpha()) {
                mat = withAlpha(mat, alpha.get());
            } else if (alpha.isPresent()) {
                mat = overWhite(mat, alpha.get());
                changed.add("alpha");
            }
            if (mat.depth() != CV_8U && !format.holds16Bit()) {
                mat = to8Bit(mat);
                changed.add("bit-depth");
            }
            var kept = metadata;
            if (mat.channels() > 1 && metadata.hasGrayProfile()) {
                kept = metadata.withoutIcc();
                changed.add("icc");
            }
            var encoded = OpenCv.encode(mat, format, parameters(options));
            return format.container().embed(new ByteReader(encoded.asByteBuffer()), kept);
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
