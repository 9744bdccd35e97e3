package dev.darkroom.loss.feature;

import ai.djl.ndarray.NDArray;
import dev.darkroom.loss.arithmetic.Arithmetic;
import dev.darkroom.loss.measure.MeasureInfo;
import dev.darkroom.loss.measure.NetworkMeasure;
import dev.darkroom.loss.network.FeatureNetworks;
import dev.darkroom.loss.network.Provenance;
import java.util.List;
import java.util.Map;

/**
 * Learned perceptual image patch similarity, version 0.1 (Zhang et al. 2018): features of five or seven layers, of unit
 * length at each position; their squared differences, weighted by channel, summed over channels, averaged over positions
 * and summed over layers.
 *
 * <p>Pictures are in [0,1] here; upstream takes [-1,1] and arrives at the same normalised input.
 */
public final class Lpips {

    private static final String SOURCE =
            "Zhang, Isola, Efros, Shechtman, Wang: The unreasonable effectiveness of deep features as a perceptual metric, 2018";
    private static final double LENGTH_FLOOR = 1e-10;

    private Lpips() {}

    /** The variant that papers report. */
    public static NetworkMeasure alex(FeatureNetworks networks) {
        return measure(networks, "lpips", 31, "alexnet", "lpips-alex",
                List.of("relu1", "relu2", "relu3", "relu4", "relu5"));
    }

    public static NetworkMeasure squeeze(FeatureNetworks networks) {
        return measure(networks, "lpips-squeeze", 17, "squeezenet1_1", "lpips-squeeze",
                List.of("relu1", "fire3", "fire5", "fire6", "fire7", "fire8", "fire9"));
    }

    public static NetworkMeasure vgg(FeatureNetworks networks) {
        return measure(networks, "lpips-vgg", 16, "vgg16", "lpips-vgg",
                List.of("relu1_2", "relu2_2", "relu3_3", "relu4_3", "relu5_3"));
    }

    private static NetworkMeasure measure(FeatureNetworks networks, String name, int smallestSide, String network,
            String linear, List<String> layers) {
        return new FeatureDistance(
                MeasureInfo.distance(name, smallestSide, SOURCE),
                new Provenance(networks, Map.of("network", network, "version", "0.1"), List.of(network, linear)),
                () -> List.of(networks.named(network)),
                layers,
                (u, v, layer) -> difference(u, v, networks.weights(linear).like(u).get("lin" + layer + ".weight")));
    }

    private static NDArray difference(NDArray u, NDArray v, NDArray weights) {
        try (NDArray unitU = ofUnitLength(u);
                NDArray unitV = ofUnitLength(v);
                NDArray difference = unitU.sub(unitV);
                NDArray square = difference.square();
                NDArray weighted = square.mul(weights)) {
            return weighted.sum(new int[] {1});
        }
    }

    /** The root never sees 0, where its slope is infinite and dark pictures would have no gradient. */
    private static NDArray ofUnitLength(NDArray features) {
        try (NDArray square = features.square();
                NDArray sum = square.sum(new int[] {1}, true);
                NDArray positive = Arithmetic.atLeast(sum, LENGTH_FLOOR * LENGTH_FLOOR);
                NDArray root = positive.sqrt();
                NDArray length = root.add(LENGTH_FLOOR)) {
            return features.div(length);
        }
    }
}
