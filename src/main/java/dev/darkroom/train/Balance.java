package dev.darkroom.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.darkroom.loss.measure.StepLoss;
import dev.darkroom.loss.network.FeatureNetworks;
import dev.darkroom.train.degradation.Example;
import dev.darkroom.train.network.TrainableNetwork;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much terms weigh that are to be so many times the pixels' loss: a weight by itself means nothing, as it depends on
 * the scale of the features, on the reduction, and on how good the network is already.
 */
final class Balance {
    private static final int BATCHES = 16;
    /** Rounded, so that the last bits of a sum, which differ between processors, decide nothing. */
    private static final MathContext DIGITS = new MathContext(2);

    private Balance() {}

    /**
     * The plan's recipe with weights as numbers. A training that goes on after an interruption finds the same, because it
     * also loads the weights it started from first.
     *
     * @param network with the weights that the training starts from
     */
    static Recipe of(TrainingPlan plan, TrainableNetwork network, CropSampler sampler) {
        if (!plan.recipe().balanced()) {
            return plan.recipe();
        }
        Map<Term, Double> ofPixels = new HashMap<>();
        try (var features = new FeatureNetworks(plan.recipe().features())) {
            for (Term term : plan.recipe().terms()) {
                ofPixels.put(term, ofPixels(term, plan, network, sampler, features));
            }
        }
        return plan.recipe().weighted(term -> term.weighing(rounded(term.weight() / ofPixels.get(term))));
    }

    private static double ofPixels(Term term, TrainingPlan plan, TrainableNetwork network, CropSampler sampler, FeatureNetworks features) {
        double sum = 0;
        double sumOfPixels = 0;
        try (StepLoss loss = term.in(features, plan.seed())) {
            // What a loss remembers of past steps is only filled by the first half.
            for (int step = 1; step <= BATCHES; step++) {
                List<Example> batch = sampler.batch(step, plan.batch());
                try (NDManager scratch = network.manager().newSubManager()) {
                    NDArray target = Stack.of(scratch, batch.stream().map(Example::target).toList());
                    NDArray restored = network.restore(Stack.of(scratch, batch.stream().map(Example::input).toList()),
                            Stack.conditions(scratch, batch), plan.precision(), false);
                    double value = loss.loss(restored, target).getFloat();
                    if (step > BATCHES / 2) {
                        sum += value;
                        sumOfPixels += PixelLoss.L1.loss(restored, target).getFloat();
                    }
                }
            }
        }
        return sum / sumOfPixels;
    }

    private static double rounded(double weight) {
        return new BigDecimal(weight).round(DIGITS).doubleValue();
    }
}
