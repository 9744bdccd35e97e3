package dev.darkroom.score;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How long each metric takes, learned from what has been measured. What a network has to do for a picture is known ({@link MeasuringWork}); how fast the
 * devices do it is learned from all networks together until the metric itself has been measured. Thread-safe.
 */
final class MeasurePace {
    /** After so much work, what was before counts for a third: that of 50 megapixels. */
    private static final long MEMORY_PIXELS = 50_000_000;
    /** The first time, a smaller picture says more of how long it takes to read weights than of the pace. */
    private static final long TELLING_PIXELS = 1_000_000;

    /** Optimistic until there is something to learn from: too much would refuse work that could be done. */
    private static final double NANOS_PER_PIXEL = 200;
    private static final double NANOS_PER_MULTIPLY_ADD = 0.01;

    private static final class Sums {
        private double work;
        private double nanos;
        private boolean begun;

        private void observe(double more, double kept, long time) {
            work = kept * work + more;
            nanos = kept * nanos + time;
        }
    }

    private final Map<String, Sums> byMetric = new HashMap<>();
    private final Sums networks = new Sums();

    synchronized void observe(Metric metric, long pixels, long nanos) {
        Sums sums = sums(metric);
        boolean first = !sums.begun;
        sums.begun = true;
        if (first && pixels < TELLING_PIXELS) {
            return;
        }
        double work = MeasuringWork.of(metric, pixels);
        double kept = Math.exp(-work / MeasuringWork.of(metric, MEMORY_PIXELS));
        sums.observe(work, kept, nanos);
        if (metric.runsANetwork()) {
            networks.observe(work, kept, nanos);
        }
    }

    synchronized Duration of(Metric metric, long pixels) {
        return Duration.ofNanos((long) (nanosPerUnit(metric) * MeasuringWork.of(metric, pixels)));
    }

    private double nanosPerUnit(Metric metric) {
        Sums own = sums(metric);
        if (own.work > 0) {
            return own.nanos / own.work;
        }
        if (!metric.runsANetwork()) {
            return NANOS_PER_PIXEL;
        }
        return networks.work > 0 ? networks.nanos / networks.work : NANOS_PER_MULTIPLY_ADD;
    }

    private Sums sums(Metric metric) {
        return byMetric.computeIfAbsent(metric.name(), name -> new Sums());
    }
}
