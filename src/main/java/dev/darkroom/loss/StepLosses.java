package dev.darkroom.loss;

import dev.darkroom.loss.arithmetic.DoublePrecision;
import dev.darkroom.loss.arithmetic.Seeds;
import dev.darkroom.loss.distribution.Distributions;
import dev.darkroom.loss.measure.Chosen;
import dev.darkroom.loss.measure.Measure;
import dev.darkroom.loss.measure.MeasureOption;
import dev.darkroom.loss.measure.MeasureOptionException;
import dev.darkroom.loss.measure.StepLoss;
import dev.darkroom.loss.network.FeatureNetworks;
import dev.darkroom.loss.semantic.SemanticSteps;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Every measure as a loss to train with. */
public final class StepLosses {

    private StepLosses() {}

    /**
     * The loss of this name with these options, the others standard.
     *
     * @param seed of the first step's random directions; two losses with one seed draw the same
     * @throws UnknownMeasureException if there is no such measure
     * @throws MeasureOptionException if it has no such option, or not with such a value
     */
    public static StepLoss named(String name, Map<String, String> options, FeatureNetworks networks, long seed) {
        var chosen = new Chosen(name, options(name), options);
        LongSupplier seeds = Seeds.stepping(seed);
        return switch (name) {
            case "pdl" -> withoutMemory(Distributions.pdl(chosen, networks, seeds));
            case "pdl-loss" -> withoutMemory(Distributions.pdlLoss(chosen, networks, seeds));
            case "swd" -> withoutMemory(Distributions.sliced(chosen, networks, seeds));
            case "d2sm" -> SemanticSteps.of(chosen, networks);
            default -> withoutMemory(Measures.named(name, options, networks));
        };
    }

    private static StepLoss withoutMemory(Measure measure) {
        return (restored, reference) -> DoublePrecision.narrowed(measure.loss(restored, reference), restored);
    }

    /**
     * What can be chosen about a loss.
     *
     * @throws UnknownMeasureException if there is none of this name
     */
    public static List<MeasureOption> options(String name) {
        List<MeasureOption> options = Measures.options(name);
        return name.equals("d2sm") ? Stream.concat(options.stream(), SemanticSteps.OPTIONS.stream()).toList() : options;
    }
}
