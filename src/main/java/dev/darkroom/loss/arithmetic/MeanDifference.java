package dev.darkroom.loss.arithmetic;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;

/** Means of what differs at each place, summed in strips of rows so that nothing as large as the pictures is made. */
public final class MeanDifference {

    private static final long STRIP_VALUES = 1 << 22;

    private MeanDifference() {}

    /**
     * The mean over channels and positions, (N,C,H,W) twice to (N).
     *
     * @param of differences, value by value
     */
    public static NDArray of(NDArray u, NDArray v, UnaryOperator<NDArray> of) {
        Shape shape = u.getShape();
        long rows = Math.max(1, STRIP_VALUES / (shape.size() / shape.get(2)));
        var sum = new RunningSum();
        for (long top = 0; top < shape.get(2); top += rows) {
            NDIndex strip = new NDIndex().addAllDim(2).addSliceDim(top, Math.min(top + rows, shape.get(2)));
            sum.add(sum(u.get(strip), v.get(strip), of));
        }
        return Arithmetic.over(sum.get(), shape.size() / shape.get(0));
    }

    private static NDArray sum(NDArray u, NDArray v, UnaryOperator<NDArray> of) {
        NDManager outer = u.getManager();
        try (NDManager scope = outer.newSubManager()) {
            u.attach(scope);
            v.attach(scope);
            NDArray sum = of.apply(u.sub(v)).flatten(1, -1).sum(new int[] {1});
            sum.attach(outer);
            return sum;
        }
    }
}
