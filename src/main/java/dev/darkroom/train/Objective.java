package dev.darkroom.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.darkroom.loss.Arithmetic;
import dev.darkroom.loss.FeatureNetworks;
import dev.darkroom.loss.StepLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a step minimises: the pixels' loss and, beside it, the recipe's terms, each by the code that measures it.
 *
 * <p>Not thread-safe: terms may draw at random or remember past steps.
 */
final class Objective implements AutoCloseable {
    private final List<Weighted> terms = new ArrayList<>();
    private final int jitter;
    private final SplittableRandom random;

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
     * @throws dev.darkroom.loss.MeasureOptionException  if a measure has no such option, or not with such a value
     */
    Objective(Recipe recipe, FeatureNetworks networks, long seed) {
        jitter = recipe.jitter();
        random = new SplittableRandom(seed);
        recipe.terms().forEach(term -> terms.add(new Weighted(term.in(networks, seed), (float) term.weight())));
    }

    /** @throws dev.darkroom.loss.FeatureWeightsException if a term's network is not installed */
    Loss loss(PixelLoss pixels, NDArray restored, NDArray target) {
        NDArray ofPixels = pixels.loss(restored, target);
        NDArray total = ofPixels;
        int down = random.nextInt(jitter + 1);
        int right = random.nextInt(jitter + 1);
        NDArray seen = shifted(restored, down, right);
        NDArray wanted = shifted(target, down, right);
        for (Weighted term : terms) {
            total = total.add(Arithmetic.times(term.loss.loss(seen, wanted), term.weight));
        }
        return new Loss(total, ofPixels);
    }

    /**
     * What leaves at one edge comes in at the other, so that the size stays.
     *
     * <p>The gradient through pooling has the pooling's period (Odena et al. 2016, "Artifacts in gradients"). A pixel shuffle of
     * the same period meets it in the same phase at every step and learns a grid of dots, unless the phase changes.
     */
    private static NDArray shifted(NDArray x, int down, int right) {
        return rolled(rolled(x, down, 2), right, 3);
    }

    private static NDArray rolled(NDArray x, int by, int axis) {
        if (by == 0) {
            return x;
        }
        NDList parts = x.split(new long[] {x.getShape().get(axis) - by}, axis);
        return parts.get(1).concat(parts.get(0), axis);
    }

    @Override
    public void close() {
        terms.forEach(term -> term.loss.close());
    }
}
