package dev.darkroom.train;

import dev.darkroom.loss.StepLosses;
import dev.darkroom.loss.measure.StepLoss;
import dev.darkroom.loss.network.FeatureNetworks;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A measure that a step minimises beside the pixels.
 *
 * @param measure its name in the metrics catalogue
 * @param weight  that it is multiplied with
 * @param options of the measure; the others are the catalogue's
 */
public record Term(String measure, double weight, Map<String, String> options) {

    public Term {
        options = new TreeMap<>(options);
    }

    /** @param options of all measures, by {@code MEASURE.OPTION} */
    public static Term of(String measure, double weight, Map<String, String> options) {
        String prefix = measure + ".";
        return new Term(measure, weight, options.entrySet().stream().filter(option -> option.getKey().startsWith(prefix))
                .collect(Collectors.toMap(option -> option.getKey().substring(prefix.length()), Map.Entry::getValue)));
    }

    Term weighing(double weight) {
        return new Term(measure, weight, options);
    }

    /** Whether each of the options, by {@code MEASURE.OPTION}, belongs to one of the terms. */
    public static boolean takeAll(List<Term> terms, Map<String, String> options) {
        return terms.stream().mapToInt(term -> term.options.size()).sum() == options.size();
    }

    /**
     * The measure with its options, as a loss.
     *
     * @param seed of what it draws at random
     * @throws dev.darkroom.loss.UnknownMeasureException if there is none of this name
     * @throws dev.darkroom.loss.measure.MeasureOptionException  if it has no such option, or not with such a value
     */
    StepLoss in(FeatureNetworks networks, long seed) {
        return StepLosses.named(measure, options, networks, seed);
    }

    /** As in {@code 0.1 pdl (mode=global)}. */
    @Override
    public String toString() {
        String chosen = options.entrySet().stream().map(Object::toString).collect(Collectors.joining(", "));
        return weight + " " + measure + (chosen.isEmpty() ? "" : " (" + chosen + ")");
    }
}
