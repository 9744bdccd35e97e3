package dev.darkroom.loss.network;

import ai.djl.ndarray.NDArray;
import dev.darkroom.loss.measure.MeasureInfo;
import dev.darkroom.loss.measure.NetworkMeasure;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * A measure on the maps of one layer of VGG16, which several of them can share.
 *
 * @param comparison of maps, (N,C,H,W) twice to (N)
 */
public record MapMeasure(MeasureInfo info, Provenance foundation, FeatureNetworks networks, String layer, BinaryOperator<NDArray> comparison)
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
    public FeatureMap map() {
        return new FeatureMap(networks.named("vgg16"), layer);
    }

    @Override
    public NDArray compare(NDArray restored, NDArray reference) {
        info.requireFit(restored, reference);
        return FeatureMap.comparing(networks, layer, comparison).apply(restored, reference);
    }
}
