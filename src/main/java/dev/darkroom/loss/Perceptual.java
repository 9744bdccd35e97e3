package dev.darkroom.loss;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Perceptual losses: the mean, over channels and positions, of how far features of VGG16 are apart. */
final class Perceptual {

    /** The last activation before the fourth pooling, which the PDL paper calls VGG16conv4. */
    static final String CONV4 = "relu4_3";

    /** What Johnson et al. take for super-resolution. */
    static final String CONV2 = "relu2_2";

    private static final int SMALLEST_SIDE = 16;

    private Perceptual() {}

    /** Mean absolute difference; its gradient is 0 where features agree. */
    static NetworkMeasure l1(FeatureNetworks networks, String layer) {
        return measure(networks, "perceptual-l1", layer, NDArray::abs,
                "Delbracio, Talebi, Milanfar: Projected distribution loss for image enhancement, 2021, eq. 6");
    }

    /** Mean squared difference. */
    static NetworkMeasure l2(FeatureNetworks networks, String layer) {
        return measure(networks, "perceptual-l2", layer, NDArray::square,
                "Johnson, Alahi, Fei-Fei: Perceptual losses for real-time style transfer and super-resolution, 2016");
    }

    private static NetworkMeasure measure(FeatureNetworks networks, String name, String layer,
            UnaryOperator<NDArray> distance, String source) {
        return new FeatureDistance(
                new MeasureInfo(name, "", MeasureInfo.Better.LOWER, 0, Double.POSITIVE_INFINITY, SMALLEST_SIDE, source),
                new Provenance(networks, Map.of("network", "vgg16", "layer", layer), List.of("vgg16")),
                () -> List.of(networks.named("vgg16")),
                List.of(layer),
                (u, v, index) -> mean(u, v, distance),
                Window.Division.PADDED);
    }

    private static NDArray mean(NDArray u, NDArray v, UnaryOperator<NDArray> distance) {
        try (NDArray difference = u.sub(v); NDArray distances = distance.apply(difference)) {
            return distances.mean(new int[] {1});
        }
    }
}
