package dev.darkroom.score;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How long each metric takes, learned from what has been measured. Thread-safe. */
final class MeasurePace {
    /** A call on fewer pixels takes as long as one on so many. */
    private static final long LEAST_PIXELS = 1 << 16;
    /** After this many pixels, what was before counts for a third. */
    private static final double MEMORY_PIXELS = 50e6;

    /** Optimistic until there is something to learn from: too much would refuse work that could be done. */
    private static final double NANOS_PER_PIXEL = 200;
    private static final double NANOS_PER_PIXEL_ON_A_NETWORK = 2_000;

    private static final class Sums {
        private double pixels = 1e6;
        private double nanos;
    }

    private final Map<String, Sums> byMetric = new HashMap<>();

    synchronized void observe(Metric metric, long pixels, long nanos) {
        Sums sums = sums(metric);
        double kept = Math.exp(-pixels / MEMORY_PIXELS);
        sums.pixels = kept * sums.pixels + Math.max(LEAST_PIXELS, pixels);
        sums.nanos = kept * sums.nanos + nanos;
    }

    synchronized Duration of(Metric metric, long pixels) {
        Sums sums = sums(metric);
        return Duration.ofNanos((long) (sums.nanos / sums.pixels * Math.max(LEAST_PIXELS, pixels)));
    }

    private Sums sums(Metric metric) {
        return byMetric.computeIfAbsent(metric.name(), name -> {
            var sums = new Sums();
            sums.nanos = sums.pixels * (metric.runsANetwork() ? NANOS_PER_PIXEL_ON_A_NETWORK : NANOS_PER_PIXEL);
            return sums;
        });
    }
}
