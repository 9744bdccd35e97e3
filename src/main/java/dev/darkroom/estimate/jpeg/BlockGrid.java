package dev.darkroom.estimate.jpeg;

import dev.darkroom.estimate.picture.Picture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where the blocks of a JPEG file lay that a picture was once: on their grid, and on none of the other 63, most coefficients are nearly 0.
 *
 * @param x of the first block's left edge, 0 to 7
 * @param y of its upper edge
 */
record BlockGrid(int x, int y) {
    private static final int SIDE = BlockTransform.SIDE;
    /** Holds a block of every grid. */
    private static final int SQUARE = 2 * SIDE;
    private static final int MOST_SQUARES = 256;
    private static final int FEWEST_SQUARES = 8;
    /** A square of one colour has coefficients of 0 on every grid. */
    private static final double FLAT_VARIANCE = 1;
    /** What rounding to 8 bits leaves of 0. */
    private static final float NEARLY_ZERO = 0.5f;
    /** By how much more of all coefficients than on the next best grid; pictures that were no JPEG files have at most 0.005. */
    private static final double LEAST_LEAD = 0.02;

    static Optional<BlockGrid> of(Picture picture) {
        List<float[]> squares = squares(picture);
        if (squares.size() < FEWEST_SQUARES) {
            return Optional.empty();
        }
        double[] zeros = new double[SIDE * SIDE];
        for (float[] square : squares) {
            count(square, zeros, 1.0 / (squares.size() * BlockTransform.FREQUENCIES));
        }
        double[] sorted = zeros.clone();
        Arrays.sort(sorted);
        if (sorted[sorted.length - 1] - sorted[sorted.length - 2] < LEAST_LEAD) {
            return Optional.empty();
        }
        int best = 0;
        for (int at = 1; at < zeros.length; at++) {
            best = zeros[at] > zeros[best] ? at : best;
        }
        return Optional.of(new BlockGrid(best % SIDE, best / SIDE));
    }

    private static List<float[]> squares(Picture picture) {
        List<float[]> squares = new ArrayList<>();
        SpreadSquares.each(picture, SQUARE, MOST_SQUARES, samples -> {
            float[] luma = new float[SQUARE * SQUARE];
            for (int i = 0; i < luma.length; i++) {
                luma[i] = BlockTransform.luma(samples, i * picture.channels(), picture.channels(), picture.bits());
            }
            if (variance(luma) > FLAT_VARIANCE) {
                squares.add(luma);
            }
        });
        return squares;
    }

    /** Coefficients that are nearly 0 on each of the grids; rows are transformed once for all that differ in height alone. */
    private static void count(float[] square, double[] zeros, double weight) {
        float[] rows = new float[SIDE * SQUARE];
        for (int x = 0; x < SIDE; x++) {
            for (int row = 0; row < SQUARE; row++) {
                for (int across = 0; across < SIDE; across++) {
                    rows[across * SQUARE + row] = BlockTransform.coefficient(square, row * SQUARE + x, 1, across);
                }
            }
            for (int y = 0; y < SIDE; y++) {
                for (int i = 0; i < BlockTransform.FREQUENCIES; i++) {
                    float coefficient = BlockTransform.coefficient(rows, i % SIDE * SQUARE + y, 1, i / SIDE);
                    zeros[y * SIDE + x] += Math.abs(coefficient) < NEARLY_ZERO ? weight : 0;
                }
            }
        }
    }

    private static double variance(float[] values) {
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            sum += value;
            squares += (double) value * value;
        }
        return (squares - sum * sum / values.length) / values.length;
    }

    /** The picture without what lies before the first whole block. */
    Picture cut(Picture picture) {
        return new Picture(picture.width() - x, picture.height() - y, picture.channels(), picture.bits(),
                (column, row, columns, rows, to) -> picture.samples().read(x + column, y + row, columns, rows, to), Optional.empty());
    }
}
