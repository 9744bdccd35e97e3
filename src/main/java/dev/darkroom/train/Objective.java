package dev.darkroom.train;

import ai.djl.ndarray.NDArray;
import dev.darkroom.loss.arithmetic.Arithmetic;
import dev.darkroom.loss.measure.StepLoss;
import dev.darkroom.loss.network.FeatureNetworks;
import java.util.ArrayList;
import java.util.List;

/**
 * What a step minimises: the pixels' loss and, beside it, the recipe's terms, each by the code that measures it.
 *
 * <p>Not thread-safe: terms may draw at random or remember past steps.
 */
final class Objective implements AutoCloseable {
    private final List<Weighted> terms = new ArrayList<>();

    private record Weighted(StepLoss loss, float weight) {}

    /**
     * A step's loss.
     *
     * @param total  the scalar whose gradient a step follows
     * @param pixels the part of it that the recipe's terms are beside
     */
    record Loss(NDArray total, NDArray pixels) {}

    /**
     * @param seed of what terms draw at random
     * @throws dev.darkroom.loss.UnknownMeasureException if a term is no measure
     * @throws dev.darkroom.loss.measure.MeasureOptionException  if a measure has no such option, or not with such a value
     */
    Objective(Recipe recipe, FeatureNetworks networks, long seed) {
        recipe.terms().forEach(term -> terms.add(new Weighted(term.in(networks, seed), (float) term.weight())));
    }

    /** @throws dev.darkroom.loss.network.FeatureWeightsException if a term's network is not installed */
    Loss loss(PixelLoss pixels, NDArray restored, NDArray target) {
        NDArray ofPixels = pixels.loss(restored, target);
        NDArray total = ofPixels;
        for (Weighted term : terms) {
            total = total.add(Arithmetic.times(term.loss.loss(restored, target), term.weight));
        }
        return new Loss(total, ofPixels);
    }

    @Override
    public void close() {
        terms.forEach(term -> term.loss.close());
    }
}
