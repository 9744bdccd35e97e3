package dev.darkroom.image;

import static org.bytedeco.opencv.global.opencv_core.CMP_EQ;
import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.compare;
import static org.bytedeco.opencv.global.opencv_core.countNonZero;
import static org.bytedeco.opencv.global.opencv_core.divide;
import static org.bytedeco.opencv.global.opencv_core.max;
import static org.bytedeco.opencv.global.opencv_core.multiply;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_GRAY2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.blur;

import dev.darkroom.image.codec.OpenCv;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/** Colours for pixels that have none: the mean of what is near, weighted by how opaque it is. */
final class TransparentPixels {
    private static final int STRIP_ROWS = 256;
    private static final double LEAST_WEIGHT = 1e-3;

    private TransparentPixels() {}

    /** Strip by strip, from below, each with the rows above it still as they were, so that memory stays small. */
    static void fill(Mat colours, Mat opacity, int radius) {
        if (countNonZero(opacity) == opacity.total()) {
            return;
        }
        int rows = opacity.rows();
        try (var before = new Mat()) {
            for (int top = 0; top < rows; top += STRIP_ROWS) {
                fillStrip(colours, opacity, top, Math.min(rows, top + STRIP_ROWS), radius, before);
            }
        }
    }

    /** @param before the original rows right above the strip, replaced by those for the next one */
    private static void fillStrip(Mat colours, Mat opacity, int top, int bottom, int radius, Mat before) {
        try (var scope = new PointerScope()) {
            int from = Math.max(0, top - radius);
            int to = Math.min(colours.rows(), bottom + radius);
            Mat near = rows(colours, from, to).clone();
            if (!before.empty()) {
                before.copyTo(near.rowRange(0, top - from));
            }
            near.rowRange(Math.max(from, bottom - radius) - from, bottom - from).copyTo(before);
            Mat weight = rows(opacity, from, to);
            Mat transparent = new Mat();
            Mat strip = rows(opacity, top, bottom);
            compare(strip, OpenCv.filled(strip, 0), transparent, CMP_EQ);
            if (countNonZero(transparent) > 0) {
                Mat mean = mean(near, weight, 2 * radius + 1);
                mean.rowRange(top - from, bottom - from).copyTo(rows(colours, top, bottom), transparent);
            }
        }
    }

    private static Mat mean(Mat colours, Mat opacity, int side) {
        Mat values = floats(colours);
        Mat weights = floats(opacity);
        Mat perSample = colours.channels() == 1 ? weights : OpenCv.converted(weights, COLOR_GRAY2BGR);
        multiply(values, perSample, values);
        Size window = new Size(side, side);
        blur(values, values, window);
        blur(weights, weights, window);
        max(weights, OpenCv.filled(weights, LEAST_WEIGHT), weights);
        divide(values, colours.channels() == 1 ? weights : OpenCv.converted(weights, COLOR_GRAY2BGR), values);
        Mat mean = new Mat();
        values.convertTo(mean, colours.depth());
        return mean;
    }

    private static Mat floats(Mat from) {
        Mat to = new Mat();
        from.convertTo(to, CV_32F);
        return to;
    }

    private static Mat rows(Mat mat, int from, int to) {
        return new Mat(mat, new Rect(0, from, mat.cols(), to - from));
    }
}
