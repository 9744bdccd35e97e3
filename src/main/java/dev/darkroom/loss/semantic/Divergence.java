package dev.darkroom.loss.semantic;

import ai.djl.ndarray.NDArray;
import dev.darkroom.loss.arithmetic.Arithmetic;

/** How unlike two sets of probabilities are, element by element; G' is the restored picture's, G the clean one's. */
enum Divergence {

    /** KL(G' || G), the one the D2SM paper trains with. */
    KL {
        @Override
        NDArray between(NDArray restored, NDArray clean) {
            return relativeEntropy(restored, clean);
        }
    },

    /** KL(G || G'). */
    INVERSE_KL {
        @Override
        NDArray between(NDArray restored, NDArray clean) {
            return relativeEntropy(clean, restored);
        }
    },

    /** The mean of both, which the paper calls JSD in its equation 10. */
    SYMMETRIC {
        @Override
        NDArray between(NDArray restored, NDArray clean) {
            return Arithmetic.over(relativeEntropy(restored, clean).add(relativeEntropy(clean, restored)), 2);
        }
    },

    /** The Jensen-Shannon divergence proper: at most log 2 for each distribution. */
    JENSEN_SHANNON {
        @Override
        NDArray between(NDArray restored, NDArray clean) {
            NDArray middle = Arithmetic.over(restored.add(clean), 2);
            return Arithmetic.over(relativeEntropy(restored, middle).add(relativeEntropy(clean, middle)), 2);
        }
    };

    private static final double LEAST_PROBABILITY = 1e-12;

    /** The summands; their sum over a distribution is its divergence. */
    abstract NDArray between(NDArray restored, NDArray clean);

    private static NDArray relativeEntropy(NDArray p, NDArray q) {
        return p.mul(logarithm(p).sub(logarithm(q)));
    }

    private static NDArray logarithm(NDArray probabilities) {
        return Arithmetic.atLeast(probabilities, LEAST_PROBABILITY).log();
    }
}
