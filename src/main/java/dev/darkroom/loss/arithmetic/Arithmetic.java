package dev.darkroom.loss.arithmetic;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.BinaryOperator;

/**
 * Arithmetic with a number wherever a gradient may be asked for.
 *
 * <p>The binding's own {@code mul(Number)} and its like lend the engine four bytes of Java's memory, which Java frees at its
 * next garbage collection while autograd still holds them for the backward pass: the gradient is then multiplied by garbage.
 * Here the number is in the engine's own memory, which lives as long as anything refers to it.
 */
public final class Arithmetic {

    private Arithmetic() {}

    public static NDArray times(NDArray array, double factor) {
        return elementwise(array, factor, NDArray::mul);
    }

    public static NDArray over(NDArray array, double divisor) {
        return elementwise(array, divisor, NDArray::div);
    }

    public static NDArray power(NDArray array, double exponent) {
        return elementwise(array, exponent, NDArray::pow);
    }

    public static NDArray atLeast(NDArray array, double least) {
        return elementwise(array, least, NDArray::maximum);
    }

    public static NDArray atMost(NDArray array, double most) {
        return elementwise(array, most, NDArray::minimum);
    }

    private static NDArray elementwise(NDArray array, double number, BinaryOperator<NDArray> operation) {
        var manager = (PtNDManager) array.getManager();
        try (NDArray scalar = JniUtils.full(manager, new Shape(), number, array.getDataType(), array.getDevice(), SparseFormat.DENSE)) {
            return operation.apply(array, scalar);
        }
    }
}
