package dev.darkroom.estimate.shake;

import static org.bytedeco.opencv.global.opencv_core.CV_32FC1;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import java.nio.FloatBuffer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * A picture's brightness.
 *
 * @param values row by row, 0 black to 1 white
 */
public record Luma(int width, int height, float[] values) {

    public Luma {
        if (values.length != width * height) {
            throw new IllegalArgumentException("%d values are not %d x %d".formatted(values.length, width, height));
        }
    }

    /** The same picture on a larger torus, without an edge at the seams: each side's mirror image fades into the other's. */
    Luma wrapped(int wider, int higher) {
        float[] wrapped = new float[wider * higher];
        for (int row = 0; row < height; row++) {
            System.arraycopy(values, row * width, wrapped, row * wider, width);
            for (int column = width; column < wider; column++) {
                int at = row * wider;
                wrapped[at + column] = faded(wrapped, at, 1, column - width, width, wider);
            }
        }
        for (int column = 0; column < wider; column++) {
            for (int row = height; row < higher; row++) {
                wrapped[row * wider + column] = faded(wrapped, column, wider, row - height, height, higher);
            }
        }
        return new Luma(wider, higher, wrapped);
    }

    private static float faded(float[] values, int start, int stride, int beyond, int length, int longer) {
        int gap = longer - length;
        float share = (beyond + 1f) / (gap + 1);
        float end = values[start + stride * Math.max(length - 1 - beyond, 0)];
        float begin = values[start + stride * Math.min(gap - 1 - beyond, length - 1)];
        return (1 - share) * end + share * begin;
    }

    /** Differences to the next column, on a torus. */
    float[] right() {
        float[] differences = new float[values.length];
        for (int row = 0; row < height; row++) {
            int at = row * width;
            for (int column = 0; column < width - 1; column++) {
                differences[at + column] = values[at + column + 1] - values[at + column];
            }
            differences[at + width - 1] = values[at] - values[at + width - 1];
        }
        return differences;
    }

    /** Differences to the next row, on a torus. */
    float[] down() {
        float[] differences = new float[values.length];
        int last = values.length - width;
        for (int i = 0; i < last; i++) {
            differences[i] = values[i + width] - values[i];
        }
        for (int column = 0; column < width; column++) {
            differences[last + column] = values[column] - values[last + column];
        }
        return differences;
    }

    /** Without {@code margin} pixels on the left and above, and no larger than given. */
    Luma cut(int margin, int width, int height) {
        float[] part = new float[width * height];
        for (int row = 0; row < height; row++) {
            System.arraycopy(values, (row + margin) * this.width + margin, part, row * width, width);
        }
        return new Luma(width, height, part);
    }

    /** The sum of the gradients' squares. */
    double contrast() {
        return gradients().sum();
    }

    /** The sum of the gradients over the root of that of their squares: low where few of them are strong (Krishnan, Tay and Fergus 2011). */
    double normalisedSparsity() {
        return gradients().map(Math::sqrt).sum() / Math.sqrt(contrast());
    }

    /** How many gradients have a larger square. */
    int edges(double squared) {
        return (int) gradients().filter(square -> square > squared).count();
    }

    /** Squared, of all pixels that have both neighbours. */
    private DoubleStream gradients() {
        return IntStream.range(0, (height - 1) * width).filter(at -> at % width < width - 1).mapToDouble(at -> {
            double right = values[at + 1] - values[at];
            double down = values[at + width] - values[at];
            return right * right + down * down;
        });
    }

    /** The same picture in another size, by one of OpenCV's interpolations. */
    Luma resized(int otherWidth, int otherHeight, int interpolation) {
        try (var from = new Mat(height, width, CV_32FC1); var to = new Mat(); var size = new Size(otherWidth, otherHeight)) {
            FloatBuffer source = from.createBuffer();
            source.put(values);
            resize(from, to, size, 0, 0, interpolation);
            float[] resized = new float[otherWidth * otherHeight];
            FloatBuffer target = to.createBuffer();
            target.get(resized);
            return new Luma(otherWidth, otherHeight, resized);
        }
    }
}
