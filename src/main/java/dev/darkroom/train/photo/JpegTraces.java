package dev.darkroom.train.photo;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_420;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_444;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2BGR;

import dev.darkroom.image.codec.OpenCv;
import dev.darkroom.image.file.ImageFormat;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;

/** What JPEG compression leaves of a picture, by the codec that also serves. */
public final class JpegTraces {

    /** Colour at the picture's resolution (4:4:4) or at half of it in both directions (4:2:0). */
    public enum Chroma { FULL, HALVED }

    private JpegTraces() {}

    /**
     * Compresses and decompresses a picture.
     *
     * @param samples  interleaved, gray or RGB, 8 bits
     * @param channels 1 or 3
     * @param quality  1 to 100, libjpeg's scale
     * @return samples in the same order
     */
    public static byte[] left(byte[] samples, int width, int height, int channels, int quality, Chroma chroma) {
        try (var scope = new PointerScope()) {
            BytePointer file = file(samples, width, height, channels, quality, chroma);
            var shown = new Mat();
            OpenCv.decode(file, shown);
            Mat ordered = channels == 3 ? OpenCv.converted(shown, COLOR_BGR2RGB) : shown;
            byte[] left = new byte[samples.length];
            ordered.data().get(left);
            return left;
        }
    }

    static BytePointer file(byte[] samples, int width, int height, int channels, int quality, Chroma chroma) {
        var pixels = new Mat(height, width, OpenCv.type(channels, 8), new BytePointer(samples));
        Mat ordered = channels == 3 ? OpenCv.converted(pixels, COLOR_RGB2BGR) : pixels;
        return OpenCv.encode(ordered, ImageFormat.JPEG, new int[] {IMWRITE_JPEG_QUALITY, quality, IMWRITE_JPEG_SAMPLING_FACTOR,
                chroma == Chroma.FULL ? IMWRITE_JPEG_SAMPLING_FACTOR_444 : IMWRITE_JPEG_SAMPLING_FACTOR_420});
    }
}
