package dev.darkroom.loss.network;

import ai.djl.ndarray.NDArray;
import dev.darkroom.loss.measure.MeasureInfo;
import dev.darkroom.loss.measure.NetworkMeasure;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * A measure on the features of a network that is more than a mean over positions.
 *
 * @param comparison of pictures, (N,3,H,W) twice to (N)
 */
public record FeatureMeasure(MeasureInfo info, Provenance foundation, BinaryOperator<NDArray> comparison) implements NetworkMeasure {

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
