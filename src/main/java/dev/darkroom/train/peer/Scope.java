package dev.darkroom.train.peer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.function.UnaryOperator;

/** Frees what a computation leaves behind. */
final class Scope {

    private Scope() {}

    /** Computes in a scope of its own; only the result is left, in the owner. The input stays open. */
    static NDArray run(NDArray input, NDManager owner, UnaryOperator<NDArray> computation) {
        try (NDManager scope = input.getManager().newSubManager()) {
            NDArray copy = input.duplicate();
            copy.attach(scope);
            NDArray result = computation.apply(copy);
            result.attach(owner);
            return result;
        }
    }
}
