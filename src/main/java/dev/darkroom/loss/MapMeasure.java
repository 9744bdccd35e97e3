package dev.darkroom.loss;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * A measure on the maps of one layer of VGG16, which several of them can share.
 *
 * @param comparison of maps, (N,C,H,W) twice to (N)
 */
record MapMeasure(MeasureInfo info, Provenance foundation, FeatureNetworks networks, String layer, BinaryOperator<NDArray> comparison)
        implements NetworkMeasure {

    @Override
    public boolean installed() {
        return foundation.installed();
    }

    @Override
    public Map<String, String> provenance() {
        return foundation.report();
    }

    /** What the measure sees of pictures. */
    FeatureMap map() {
        return new FeatureMap(networks.named("vgg16"), layer);
    }

    @Override
    public NDArray compare(NDArray restored, NDArray reference) {
        info.requireFit(restored, reference);
        return FeatureMap.comparing(networks, layer, comparison).apply(restored, reference);
    }
}
