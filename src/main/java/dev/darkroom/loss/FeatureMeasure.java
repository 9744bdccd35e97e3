package dev.darkroom.loss;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * A measure on the features of a network that is more than a mean over positions.
 *
 * @param comparison of pictures, (N,3,H,W) twice to (N)
 */
record FeatureMeasure(MeasureInfo info, Provenance foundation, BinaryOperator<NDArray> comparison) implements NetworkMeasure {

    @Override
    public boolean installed() {
        return foundation.installed();
    }

    @Override
    public Map<String, String> provenance() {
        return foundation.report();
    }

    @Override
    public NDArray compare(NDArray restored, NDArray reference) {
        info.requireFit(restored, reference);
        return comparison.apply(restored, reference);
    }
}
