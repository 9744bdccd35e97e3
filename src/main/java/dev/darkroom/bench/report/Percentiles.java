package dev.darkroom.bench.report;

import java.util.Arrays;
import org.HdrHistogram.Histogram;

/** How long things took, in milliseconds to three digits; NaN where there was none. */
public record Percentiles(long count, double p50Millis, double p90Millis, double p99Millis, double maxMillis) {
    private static final int DIGITS = 3;

    /** @param nanos durations, or differences of them, which may be negative */
    public static Percentiles ofNanos(long... nanos) {
        if (nanos.length == 0) {
            return new Percentiles(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        long least = Math.min(0, Arrays.stream(nanos).min().getAsLong());
        var histogram = new Histogram(DIGITS);
        Arrays.stream(nanos).forEach(value -> histogram.recordValue(value - least)); // it takes none below zero
        return new Percentiles(nanos.length, millis(histogram, 50, least), millis(histogram, 90, least),
                millis(histogram, 99, least), millis(histogram, 100, least));
    }

    private static double millis(Histogram histogram, double percentile, long least) {
        return (histogram.getValueAtPercentile(percentile) + least) / 1e6;
    }
}
