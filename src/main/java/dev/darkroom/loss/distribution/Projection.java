package dev.darkroom.loss.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Along which directions of feature space values are compared. Safe to share between threads. */
@FunctionalInterface
interface Projection {

    /** Every channel by itself: the PDL paper's own choice, and its best. */
    Projection IDENTITY = channels -> UnaryOperator.identity();

    /**
     * Chooses the directions, once for both pictures of a comparison.
     *
     * @return a linear map of features from (N,C,n) to (N,K,n)
     */
    UnaryOperator<NDArray> draw(int channels);

    /** The projection onto K directions of any lengths but 0, given as K rows of C numbers. */
    static UnaryOperator<NDArray> onto(double[][] directions) {
        double[] rows = Stream.of(directions).map(Projection::unit).flatMapToDouble(Arrays::stream).toArray();
        Shape shape = new Shape(directions.length, directions[0].length);
        return features -> {
            try (NDArray precise = features.getManager().create(rows, shape);
                    NDArray matrix = precise.toType(features.getDataType(), true)) {
                return matrix.matMul(features);
            }
        };
    }

    /** The vector of length 1 in the same direction. */
    static double[] unit(double[] direction) {
        double squares = 0;
        for (double component : direction) {
            squares += component * component;
        }
        double length = Math.sqrt(squares);
        double[] unit = new double[direction.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = direction[i] / length;
        }
        return unit;
    }
}
