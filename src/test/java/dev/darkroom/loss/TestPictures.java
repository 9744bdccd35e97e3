package dev.darkroom.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;

/** Pictures made by arithmetic, so that published numbers can be checked without files. */
public final class TestPictures {

    private TestPictures() {}

    /** t(7,5,40), the reference of the worked numbers, shape (1,3,side,side) in float64. */
    public static NDArray reference(NDManager manager, int side) {
        return pattern(manager, side, 7, 5, 40);
    }

    /** The reference plus a fifth of another pattern, clipped: the worked numbers' candidate. */
    public static NDArray candidate(NDManager manager, int side) {
        return reference(manager, side).add(pattern(manager, side, 3, 11, 20).sub(0.5).mul(0.2)).clip(0, 1);
    }

    public static NDArray constant(NDManager manager, double value, long... shape) {
        return manager.zeros(new Shape(shape), DataType.FLOAT64).add(value);
    }

    public static NDArray random(NDManager manager, long seed, long... shape) {
        Shape of = new Shape(shape);
        return manager.create(new SplittableRandom(seed).doubles(of.size()).toArray(), of);
    }

    private static NDArray pattern(NDManager manager, int side, int a, int b, int c) {
        double[] values = new double[3 * side * side];
        for (int k = 0; k < 3; k++) {
            for (int i = 0; i < side; i++) {
                for (int j = 0; j < side; j++) {
                    values[(k * side + i) * side + j] = ((a * i + b * j + c * k + ((i * j) % 13) * 7) % 256) / 255.0;
                }
            }
        }
        return manager.create(values, new Shape(1, 3, side, side));
    }
}
