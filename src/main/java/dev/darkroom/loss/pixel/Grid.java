package dev.darkroom.loss.pixel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.loss.arithmetic.Arithmetic;
import dev.darkroom.loss.arithmetic.RunningSum;
import dev.darkroom.loss.measure.Measure;
import dev.darkroom.loss.measure.MeasureInfo;

/**
 * How strong a pattern that comes again every four pixels the error has in smooth places: what a layer that makes neighbouring pixels by a
 * shuffle weaves where a loss on features wants texture.
 *
 * <p>In squares of 32 x 32 pixels the error is averaged at each of the 16 places in a cell of 4 x 4, over the square's 64 cells. The root of
 * the mean square of these averages, less their own mean, is the pattern's amplitude. Squares are weighed by how smooth the reference is
 * there, t^2 / (t^2 + variance) with t of 4 in 255. Rows and columns beyond the last whole square are left out.
 */
public final class Grid implements Measure {
    private static final int CELL = 4;
    private static final int SQUARE = 32;
    private static final long STRIP_VALUES = 1 << 22;
    private static final double SMOOTH_VARIANCE = Math.pow(4 / 255.0, 2);
    /** Keeps the root's slope finite where there is no pattern. */
    private static final double LEAST = 1e-4;
    /** Axes of squares, (N,C,squares,places in a cell,cells). */
    private static final int[] PLACES = {3};
    private static final int[] CELLS = {4};

    private static final MeasureInfo INFO = new MeasureInfo("grid", "", MeasureInfo.Better.LOWER, 0, 1, SQUARE,
            "amplitude of the error's pattern of 4 x 4 pixels in smooth squares of 32 x 32");

    @Override
    public MeasureInfo info() {
        return INFO;
    }

    @Override
    public NDArray compare(NDArray restored, NDArray reference) {
        INFO.requireFit(restored, reference);
        Shape shape = restored.getShape();
        long rows = SQUARE * Math.max(1, STRIP_VALUES / (shape.size() / shape.get(2) * SQUARE));
        var patterns = new RunningSum();
        var weights = new RunningSum();
        for (long top = 0; top + SQUARE <= shape.get(2); top += rows) {
            NDIndex strip = strip(shape, top, Math.min(top + rows, shape.get(2)));
            add(restored.get(strip), reference.get(strip), patterns, weights);
        }
        return patterns.get().div(weights.get()).add(LEAST * LEAST).sqrt().sub(LEAST);
    }

    /** Whole squares alone. */
    private static NDIndex strip(Shape shape, long top, long bottom) {
        return new NDIndex().addAllDim(2).addSliceDim(top, bottom - (bottom - top) % SQUARE).addSliceDim(0, shape.get(3) - shape.get(3) % SQUARE);
    }

    private static void add(NDArray restored, NDArray reference, RunningSum patterns, RunningSum weights) {
        NDManager outer = restored.getManager();
        try (NDManager scope = outer.newSubManager()) {
            restored.attach(scope);
            reference.attach(scope);
            NDArray places = squares(restored).sub(squares(reference)).mean(CELLS, true);
            NDArray squared = places.sub(places.mean(PLACES, true)).square().mean(PLACES, true);
            NDArray smoothness = smoothness(squares(reference));
            NDArray pattern = squared.mul(smoothness).flatten(1, -1).sum(new int[] {1});
            NDArray weight = smoothness.flatten(1, -1).sum(new int[] {1});
            pattern.attach(outer);
            weight.attach(outer);
            patterns.add(pattern);
            weights.add(weight);
        }
    }

    /** A weight for every square. */
    private static NDArray smoothness(NDArray squares) {
        NDArray mean = squares.mean(CELLS, true).mean(PLACES, true);
        NDArray variance = squares.sub(mean).square().mean(CELLS, true).mean(PLACES, true);
        return variance.onesLike().div(Arithmetic.over(variance, SMOOTH_VARIANCE).add(1));
    }

    private static NDArray squares(NDArray pictures) {
        Shape shape = pictures.getShape();
        long rows = shape.get(2) / SQUARE;
        long columns = shape.get(3) / SQUARE;
        int cells = SQUARE / CELL;
        return pictures.reshape(shape.get(0), shape.get(1), rows, cells, CELL, columns, cells, CELL).transpose(0, 1, 2, 5, 4, 7, 3, 6)
                .reshape(shape.get(0), shape.get(1), rows * columns, (long) CELL * CELL, (long) cells * cells);
    }
}
