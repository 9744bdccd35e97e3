package dev.darkroom.loss.feature;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.loss.arithmetic.Arithmetic;
import dev.darkroom.loss.arithmetic.RunningSum;
import dev.darkroom.loss.measure.MeasureInfo;
import dev.darkroom.loss.measure.NetworkMeasure;
import dev.darkroom.loss.network.FeatureNetwork;
import dev.darkroom.loss.network.Provenance;
import dev.darkroom.loss.network.Window;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The sum, over networks and their layers, of the mean over positions of how much the features differ there: the form of
 * LPIPS, of the perceptual losses and of MDF.
 *
 * <p>Large pictures are taken in windows, which changes nothing but the order of summation.
 */
final class FeatureDistance implements NetworkMeasure {

    /** How much features differ at every position. */
    interface Difference {

        /**
         * (N,C,H,W) twice to (N,H,W).
         *
         * @param layer counts the measure's layers from 0
         */
        NDArray at(NDArray u, NDArray v, int layer);
    }

    private final MeasureInfo info;
    private final Provenance provenance;
    private final Supplier<List<FeatureNetwork>> networks;
    private final String[] layers;
    private final Difference difference;

    FeatureDistance(MeasureInfo info, Provenance provenance, Supplier<List<FeatureNetwork>> networks,
            List<String> layers, Difference difference) {
        this.info = info;
        this.provenance = provenance;
        this.networks = networks;
        this.layers = layers.toArray(String[]::new);
        this.difference = difference;
    }

    @Override
    public MeasureInfo info() {
        return info;
    }

    @Override
    public boolean installed() {
        return provenance.installed();
    }

    @Override
    public Map<String, String> provenance() {
        return provenance.report();
    }

    @Override
    public NDArray compare(NDArray restored, NDArray reference) {
        info.requireFit(restored, reference);
        NDArray sum = zeros(restored);
        for (FeatureNetwork network : networks.get()) {
            sum = sum.add(distance(network, restored, reference));
        }
        return sum;
    }

    private NDArray distance(FeatureNetwork network, NDArray restored, NDArray reference) {
        RunningSum[] sums = Stream.generate(RunningSum::new).limit(layers.length).toArray(RunningSum[]::new);
        long[] positions = new long[layers.length];
        for (Window window : Window.of(restored.getShape(), network.reach(layers))) {
            try (NDManager scope = restored.getManager().newSubManager()) {
                List<NDArray> u = features(network, window, restored, scope);
                List<NDArray> v = features(network, window, reference, scope);
                for (int layer = 0; layer < sums.length; layer++) {
                    NDArray map = difference.at(u.get(layer), v.get(layer), layer);
                    NDArray sum = map.sum(new int[] {1, 2});
                    sum.attach(restored.getManager());
                    sums[layer].add(sum);
                    positions[layer] += map.getShape().get(1) * map.getShape().get(2);
                }
            }
        }
        NDArray distance = zeros(restored);
        for (int layer = 0; layer < sums.length; layer++) {
            distance = distance.add(Arithmetic.over(sums[layer].get(), positions[layer]));
        }
        return distance;
    }

    private List<NDArray> features(FeatureNetwork network, Window window, NDArray pictures, NDManager scope) {
        NDArray seen = window.of(pictures);
        seen.attach(scope);
        List<NDArray> features = network.features(seen, layers);
        return IntStream.range(0, features.size())
                .mapToObj(layer -> window.own(features.get(layer), network.stride(layers[layer])))
                .toList();
    }

    private static NDArray zeros(NDArray pictures) {
        return pictures.getManager().zeros(new Shape(pictures.getShape().get(0)), pictures.getDataType());
    }
}
