package dev.darkroom.loss.correspondence;

import ai.djl.ndarray.NDArray;
import dev.darkroom.loss.arithmetic.Arithmetic;

/** How far every feature vector of one picture is from every one of another; not symmetric where it says so. */
enum Dissimilarity {

    /** (1 - cos)/2 of the angle seen from the mean of the reference's vectors; 0 to 1. */
    COSINE {
        @Override
        NDArray between(NDArray u, NDArray v) {
            NDArray mean = v.mean(new int[] {2}, true);
            NDArray cosines = direction(u.sub(mean)).swapAxes(1, 2).batchMatMul(direction(v.sub(mean)));
            return Arithmetic.atLeast(Arithmetic.over(cosines.neg().add(1), 2), 0);
        }
    },

    /** The squared Euclidean distance; at least 0. */
    SQUARED_EUCLIDEAN {
        @Override
        NDArray between(NDArray u, NDArray v) {
            // Moving the origin changes no distance and saves digits.
            NDArray mean = v.mean(new int[] {2}, true);
            NDArray x = u.sub(mean);
            NDArray y = v.sub(mean);
            NDArray products = x.swapAxes(1, 2).batchMatMul(y);
            NDArray squares = squaredLengths(x).swapAxes(1, 2).add(squaredLengths(y));
            return Arithmetic.atLeast(squares.sub(Arithmetic.times(products, 2)), 0);
        }
    };

    // Shorter vectors have no direction.
    private static final double SHORTEST = 1e-8;

    /** Vectors of shapes (N,C,P) and (N,C,Q) to (N,P,Q). */
    abstract NDArray between(NDArray u, NDArray v);

    private static NDArray direction(NDArray vectors) {
        return vectors.normalize(2, 1, SHORTEST);
    }

    private static NDArray squaredLengths(NDArray vectors) {
        return vectors.square().sum(new int[] {1}, true);
    }
}
