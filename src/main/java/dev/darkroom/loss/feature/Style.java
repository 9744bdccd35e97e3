package dev.darkroom.loss.feature;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.darkroom.loss.arithmetic.Arithmetic;
import dev.darkroom.loss.arithmetic.RunningSum;
import dev.darkroom.loss.measure.MeasureInfo;
import dev.darkroom.loss.measure.NetworkMeasure;
import dev.darkroom.loss.network.FeatureMeasure;
import dev.darkroom.loss.network.FeatureNetwork;
import dev.darkroom.loss.network.FeatureNetworks;
import dev.darkroom.loss.network.Provenance;
import dev.darkroom.loss.network.Window;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The style loss of Johnson et al. 2016: the {@link GramDistance} of four layers of VGG16, summed. */
public final class Style {

    private static final String[] LAYERS = {"relu1_2", "relu2_2", "relu3_3", "relu4_3"};
    private static final int SMALLEST_SIDE = 16;

    private Style() {}

    public static NetworkMeasure gram(FeatureNetworks networks) {
        return new FeatureMeasure(
                MeasureInfo.distance("gram", SMALLEST_SIDE, "Johnson, Alahi, Fei-Fei: Perceptual losses for real-time style transfer and super-resolution, 2016"),
                Provenance.vgg16(networks, Map.of("layers", String.join(", ", LAYERS))),
                (u, v) -> distance(networks.named("vgg16"), u, v));
    }

    private static NDArray distance(FeatureNetwork network, NDArray restored, NDArray reference) {
        NDManager outer = restored.getManager();
        try (NDManager scope = outer.newSubManager()) {
            NDArray[] ofU = matrices(network, restored, scope);
            NDArray[] ofV = matrices(network, reference, scope);
            NDArray sum = IntStream.range(0, LAYERS.length)
                    .mapToObj(layer -> GramDistance.ofMatrices(ofU[layer], ofV[layer]))
                    .reduce(NDArray::add).orElseThrow();
            sum.attach(outer);
            return sum;
        }
    }

    /** Products of features add up over windows, so a picture of any size is exact in the memory of a window. */
    private static NDArray[] matrices(FeatureNetwork network, NDArray pictures, NDManager owner) {
        RunningSum[] products = Stream.generate(RunningSum::new).limit(LAYERS.length).toArray(RunningSum[]::new);
        long[] sizes = new long[LAYERS.length];
        for (Window window : Window.of(pictures.getShape(), network.reach(LAYERS))) {
            try (NDManager scope = owner.newSubManager()) {
                NDArray seen = window.of(pictures);
                seen.attach(scope);
                List<NDArray> features = network.features(seen, LAYERS);
                for (int layer = 0; layer < products.length; layer++) {
                    NDArray own = window.own(features.get(layer), network.stride(LAYERS[layer]));
                    NDArray product = GramDistance.product(own);
                    product.attach(owner);
                    products[layer].add(product);
                    sizes[layer] += own.size() / own.getShape().get(0);
                }
            }
        }
        return IntStream.range(0, products.length).mapToObj(layer -> Arithmetic.over(products[layer].get(), sizes[layer])).toArray(NDArray[]::new);
    }
}
