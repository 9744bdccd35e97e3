package dev.darkroom.loss.feature;

import ai.djl.ndarray.NDArray;
import dev.darkroom.loss.arithmetic.MeanDifference;
import dev.darkroom.loss.measure.MeasureInfo;
import dev.darkroom.loss.measure.NetworkMeasure;
import dev.darkroom.loss.network.FeatureNetworks;
import dev.darkroom.loss.network.MapMeasure;
import dev.darkroom.loss.network.Provenance;
import java.util.List;
import java.util.Map;

/** Perceptual losses: the mean, over channels and positions, of how far features of VGG16 are apart. */
public final class Perceptual {

    /** The last activation before the fourth pooling, which the PDL paper calls VGG16conv4. */
    public static final String CONV4 = "relu4_3";

    /** What Johnson et al. take for super-resolution. */
    public static final String CONV2 = "relu2_2";

    private static final int SMALLEST_SIDE = 16;

    private Perceptual() {}

    /** Mean absolute difference; its gradient is 0 where features agree. */
    public static NetworkMeasure l1(FeatureNetworks networks, String layer) {
        return new MapMeasure(
                MeasureInfo.distance("perceptual-l1", SMALLEST_SIDE,
                        "Delbracio, Talebi, Milanfar: Projected distribution loss for image enhancement, 2021, eq. 6"),
                Provenance.vgg16(networks, Map.of("layer", layer)), networks, layer,
                (u, v) -> MeanDifference.of(u, v, NDArray::abs));
    }

    /** Mean squared difference. */
    public static NetworkMeasure l2(FeatureNetworks networks, String layer) {
        return new FeatureDistance(
                MeasureInfo.distance("perceptual-l2", SMALLEST_SIDE,
                        "Johnson, Alahi, Fei-Fei: Perceptual losses for real-time style transfer and super-resolution, 2016"),
                Provenance.vgg16(networks, Map.of("layer", layer)),
                () -> List.of(networks.named("vgg16")),
                List.of(layer),
                (u, v, index) -> meanSquare(u, v));
    }

    private static NDArray meanSquare(NDArray u, NDArray v) {
        try (NDArray difference = u.sub(v); NDArray square = difference.square()) {
            return square.mean(new int[] {1});
        }
    }
}
