package dev.darkroom.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.darkroom.loss.FeatureNetworks;
import dev.darkroom.loss.Measure;
import java.util.List;

/** Computes what a step minimises: the pixels' loss and, beside it, the recipe's terms, each by the code that measures it. */
final class Objective implements AutoCloseable {
    private final FeatureNetworks networks;
    private final List<Weighted> terms;

    private record Weighted(Measure measure, float weight) {}

    /**
     * @throws dev.darkroom.loss.UnknownMeasureException if a term is no measure
     * @throws dev.darkroom.loss.MeasureOptionException  if a measure has no such option, or not with such a value
     */
    Objective(Recipe recipe) {
        networks = new FeatureNetworks(recipe.features());
        terms = recipe.terms().stream().map(term -> new Weighted(term.in(networks), (float) term.weight())).toList();
    }

    /**
     * The scalar whose gradient a step follows.
     *
     * @throws dev.darkroom.loss.FeatureWeightsException if a term's network is not installed
     */
    NDArray loss(PixelLoss pixels, NDArray restored, NDArray target) {
        NDArray loss = pixels.loss(restored, target);
        for (Weighted term : terms) {
            // Some measures sum in float64; the sum of losses stays in the network's float32.
            NDArray value = term.measure.loss(restored, target).toType(DataType.FLOAT32, false);
            loss = loss.add(value.mul(term.weight));
        }
        return loss;
    }

    @Override
    public void close() {
        networks.close();
    }
}
