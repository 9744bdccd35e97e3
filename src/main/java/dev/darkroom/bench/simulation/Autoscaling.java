package dev.darkroom.bench.simulation;

import java.time.Duration;

/**
 * How many services run: as the Kubernetes autoscaler decides it on the mean of {@code darkroom_queued_seconds}.
 *
 * @param target   seconds of queued work for each service
 * @param startup  until a new service takes requests
 * @param every    between decisions
 * @param calmness for how long fewer must have been enough before one is taken away
 */
public record Autoscaling(int min, int max, Duration target, Duration startup, Duration every, Duration calmness) {

    /** Always so many. */
    public static Autoscaling none(int services) {
        return new Autoscaling(services, services, Duration.ofSeconds(1), Duration.ZERO, Duration.ofSeconds(15), Duration.ofMinutes(5));
    }

    /** Horizontal pod autoscaling's formula, without change when it is within a tenth of the target. */
    int wanted(int services, Duration queuedOfAll) {
        double ratio = (double) queuedOfAll.toNanos() / services / target.toNanos();
        int wanted = Math.abs(ratio - 1) <= 0.1 ? services : (int) Math.ceil(services * ratio);
        return Math.max(min, Math.min(max, wanted));
    }
}
