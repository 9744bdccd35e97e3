package dev.darkroom.train.evaluation;

import static org.bytedeco.opencv.global.opencv_imgproc.FONT_HERSHEY_SIMPLEX;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_NEAREST;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_AA;
import static org.bytedeco.opencv.global.opencv_imgproc.putText;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import dev.darkroom.image.codec.OpenCv;
import dev.darkroom.image.file.ImageFormat;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;

/** A white sheet to put pictures and captions on, 8 bits in RGB. */
public final class Canvas implements AutoCloseable {
    private static final double SMALL = 0.45;

    private final Mat bgr;

    public Canvas(int width, int height) {
        try (var white = new Scalar(255, 255, 255, 0)) {
            bgr = new Mat(height, width, OpenCv.type(3, 8), white);
        }
    }

    /**
     * Puts a picture there, every pixel as a square of {@code factor} x {@code factor}.
     *
     * @param rgb interleaved
     */
    public void put(byte[] rgb, int width, int height, int x, int y, int factor) {
        byte[] reversed = new byte[rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            reversed[i] = rgb[i / 3 * 3 + 2 - i % 3];
        }
        try (var samples = new BytePointer(reversed);
                var small = new Mat(height, width, OpenCv.type(3, 8), samples);
                var place = new Rect(x, y, width * factor, height * factor);
                var part = new Mat(bgr, place);
                var size = part.size()) {
            resize(small, part, size, 0, 0, INTER_NEAREST);
        }
    }

    /** Writes a line of ASCII in black whose base line begins there, 9 pixels to a letter or so. */
    public void write(String text, int x, int y) {
        try (var origin = new Point(x, y); var black = new Scalar(0, 0, 0, 0)) {
            putText(bgr, text, origin, FONT_HERSHEY_SIMPLEX, SMALL, black, 1, LINE_AA, false);
        }
    }

    public byte[] png() {
        try (BytePointer file = OpenCv.encode(bgr, ImageFormat.PNG, new int[0])) {
            byte[] bytes = new byte[Math.toIntExact(file.limit())];
            file.get(bytes);
            return bytes;
        }
    }

    @Override
    public void close() {
        bgr.close();
    }
}
