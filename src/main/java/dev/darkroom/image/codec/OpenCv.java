package dev.darkroom.image.codec;

import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.memory.NativeBytes;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Scalar;

/** What the codecs and rasters share of OpenCV. */
public final class OpenCv {

    static {
        NativeBytes.withoutLimitsOfTheirOwn(); // our native memory is bounded by admission and freed by close()
        // Concurrency comes from serving many requests; threads inside one conversion would only compete with them.
        opencv_core.setNumThreads(1);
    }

    private OpenCv() {
    }

    /** OpenCV's type of samples: 8 or 16 bits, unsigned, interleaved. */
    public static int type(int channels, int bits) {
        return opencv_core.CV_MAKETYPE(bits == 16 ? opencv_core.CV_16U : opencv_core.CV_8U, channels);
    }

    public static Mat black(int width, int height, int channels, int bits) {
        try (var zero = new Scalar(0)) {
            return new Mat(height, width, type(channels, bits), zero);
        }
    }

    /** The image in a file's bytes, its samples as stored; empty if they cannot be decoded. */
    public static Mat decode(BytePointer file, Mat into) {
        try (var bytes = new Mat(1, Math.toIntExact(file.limit()), opencv_core.CV_8UC1, file)) {
            return opencv_imgcodecs.imdecode(bytes, opencv_imgcodecs.IMREAD_UNCHANGED, into);
        }
    }

    /** The whole file; whoever calls closes it. */
    public static BytePointer encode(Mat mat, ImageFormat format, int[] parameters) {
        var file = new BytePointer();
        try (var flags = new IntPointer(parameters)) {
            if (!opencv_imgcodecs.imencode("." + format.extensions().get(0), mat, file, flags)) {
                throw new IllegalStateException("OpenCV did not encode a " + format);
            }
        }
        return file;
    }

    public static Mat converted(Mat from, int cvtColorCode) {
        var to = new Mat();
        opencv_imgproc.cvtColor(from, to, cvtColorCode);
        return to;
    }

    public static Mat channel(Mat from, int index) {
        var to = new Mat();
        opencv_core.extractChannel(from, to, index);
        return to;
    }

    /** Takes over {@code gray} and gives it an alpha channel: one level is transparent, all others are opaque. */
    static Mat withTransparentLevel(Mat gray, int level) {
        try (gray; var transparent = filled(gray, level); var mask = new Mat(); var alpha = new Mat(); var planes = new MatVector(2)) {
            opencv_core.compare(gray, transparent, mask, opencv_core.CMP_NE);
            mask.convertTo(alpha, gray.depth(), gray.elemSize() == 1 ? 1 : 257, 0);
            planes.put(0, gray).put(1, alpha);
            var both = new Mat();
            opencv_core.merge(planes, both);
            return both;
        }
    }

    /** A matrix of the shape and type of another: a Scalar's four numbers would be compared one by one with a picture of four pixels. */
    public static Mat filled(Mat like, double value) {
        try (var all = Scalar.all(value)) {
            return new Mat(like.rows(), like.cols(), like.type(), all);
        }
    }
}
