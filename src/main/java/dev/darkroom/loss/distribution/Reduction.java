package dev.darkroom.loss.distribution;

import ai.djl.ndarray.NDArray;
import dev.darkroom.loss.arithmetic.Arithmetic;

/** How differences of shape (N,K,n) become one number for each picture. */
enum Reduction {

    /** The mean of |d|^p, without a root. */
    MEAN {
        @Override
        NDArray of(NDArray differences, int p) {
            return power(differences, p).flatten(1, -1).mean(new int[] {1});
        }
    },

    /** The sum of |d|^p, without a root: equation 3 of the PDL paper, word for word. */
    SUM {
        @Override
        NDArray of(NDArray differences, int p) {
            return power(differences, p).sum(new int[] {1, 2});
        }
    },

    /** The sum over the K rows of their p-norms: algorithm 1 of the PDL paper. */
    NORM {
        @Override
        NDArray of(NDArray differences, int p) {
            return root(power(differences, p).sum(new int[] {2}), p).sum(new int[] {1});
        }
    };

    // A root is infinitely steep at 0; below this it is taken to be flat.
    private static final double FLAT = 1e-24;

    /** One value for each picture, shape (N). */
    abstract NDArray of(NDArray differences, int p);

    /** The p-th root, with slope 0 where the value is 0. */
    static NDArray root(NDArray values, int p) {
        if (p == 1) {
            return values;
        }
        double exponent = 1.0 / p;
        return Arithmetic.power(Arithmetic.atLeast(values, FLAT), exponent).sub(Math.pow(FLAT, exponent));
    }

    private static NDArray power(NDArray differences, int p) {
        return switch (p) {
            case 1 -> differences.abs();
            case 2 -> differences.square();
            default -> Arithmetic.power(differences.abs(), p);
        };
    }
}
