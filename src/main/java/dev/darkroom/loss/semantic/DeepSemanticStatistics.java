package dev.darkroom.loss.semantic;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.darkroom.loss.arithmetic.Arithmetic;
import dev.darkroom.loss.arithmetic.DoublePrecision;
import dev.darkroom.loss.measure.UnmeasurableException;

/**
 * Deep semantic statistics matching (Mei et al., D2SM): whether samples resemble each other after restoration as they
 * do when clean. Samples are the patches of one picture, the pictures of a batch, or a {@link HistoricQueue} of them.
 *
 * <p>Only relations within each side count: scaling any sample's features changes nothing. It follows the paper; the
 * released code keeps the diagonal, swaps the sides and passes no gradient.
 *
 * @param divergence between the probabilities of the two sides
 * @param average over what the divergence is averaged
 */
record DeepSemanticStatistics(Divergence divergence, Average average) {

    /** With two samples each is all the other can resemble, and the loss always 0. */
    static final int LEAST_SAMPLES = 3;

    // Shorter vectors have no direction.
    private static final double SHORTEST = 1e-8;
    private static final double LEAST_SUM = 1e-12;
    private static final double RELEASED_EPSILON = 1e-6;

    /** Over what a sum over all pairs of N samples is averaged. */
    enum Average {

        /** Nothing: the sum of the paper's equation 2. */
        NONE,

        /** The N distributions, so the value is one distribution's divergence. */
        ANCHORS,

        /** The N (N - 1) pairs. */
        PAIRS;

        private long divisor(long samples) {
            return switch (this) {
                case NONE -> 1;
                case ANCHORS -> samples;
                case PAIRS -> samples * (samples - 1);
            };
        }
    }

    /**
     * The loss for features of N samples, shape (N,C,H,W) or (N,D); a scalar in float64.
     *
     * @throws UnmeasurableException if there are fewer than three samples
     */
    NDArray of(NDArray features, NDArray cleanFeatures) {
        long samples = features.getShape().get(0);
        if (samples < LEAST_SAMPLES) {
            throw UnmeasurableException.tooFewSamples(samples, LEAST_SAMPLES);
        }
        NDArray sum = divergence.between(probabilities(features, false), probabilities(cleanFeatures, false)).sum();
        return Arithmetic.over(sum, average.divisor(samples));
    }

    /**
     * What the authors' released loss computes of its source and target: diagonal kept, weighted by the target, mean
     * over all pairs. For comparison with values it produced; a scalar in float64.
     */
    static NDArray asReleased(NDArray source, NDArray target) {
        NDArray s = probabilities(source, true);
        NDArray t = probabilities(target, true);
        return t.mul(t.add(RELEASED_EPSILON).div(s.add(RELEASED_EPSILON)).log()).mean();
    }

    /**
     * How probably, in column j, each other sample is taken for sample j; (N,...) to (N,N) in float64, because the
     * probabilities are nearly equal.
     *
     * @param withDiagonal whether a sample may be taken for itself
     */
    static NDArray probabilities(NDArray features, boolean withDiagonal) {
        NDManager outer = features.getManager();
        try (NDManager scope = outer.newSubManager()) {
            NDArray samples = features.flatten(1, -1);
            samples.attach(scope);
            NDArray directions = DoublePrecision.of(samples).normalize(2, 1, SHORTEST);
            NDArray kernel = Arithmetic.over(directions.matMul(directions.swapAxes(0, 1)).add(1), 2);
            NDArray others = withDiagonal ? kernel : kernel.mul(offDiagonal(samples.getShape().get(0), scope));
            NDArray probabilities = others.div(others.sum(new int[] {0}, true).add(LEAST_SUM));
            probabilities.attach(outer);
            return probabilities;
        }
    }

    private static NDArray offDiagonal(long samples, NDManager scope) {
        return scope.eye((int) samples).neg().add(1).toType(DataType.FLOAT64, false);
    }
}
