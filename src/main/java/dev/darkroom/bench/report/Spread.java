package dev.darkroom.bench.report;

import java.util.Arrays;
import java.util.Collection;

/** Repeated measurements in short. */
public record Spread(double median, double lowest, double highest) {

    /** @param values at least one */
    public static Spread of(Collection<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, Arrays.stream(sorted).min().orElseThrow(), sorted[sorted.length - 1]);
    }
}
