package dev.darkroom.loss.arithmetic;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** Float64 for losses that are small differences of nearly equal numbers. */
public final class DoublePrecision {

    private DoublePrecision() {}

    /** The same numbers in float64; gradients pass, and arrive in the precision of the argument. */
    public static NDArray of(NDArray numbers) {
        if (numbers.getDataType() == DataType.FLOAT64) {
            return numbers;
        }
        // The engine's type conversion would pass no gradient; a product takes on the wider type and does.
        try (NDArray one = numbers.getManager().ones(new Shape(1), DataType.FLOAT64)) {
            return numbers.mul(one);
        }
    }

    /** A scalar in the precision of other numbers; gradients pass. */
    public static NDArray narrowed(NDArray scalar, NDArray like) {
        if (scalar.getDataType() == like.getDataType()) {
            return scalar;
        }
        // An array without dimensions takes on the type of one that has some.
        try (NDArray one = like.getManager().ones(new Shape(1), like.getDataType())) {
            return one.mul(scalar.reshape(new Shape())).sum();
        }
    }
}
