package dev.darkroom.batching;

import java.time.Duration;

/**
 * How much work may be inside at a time.
 *
 * @param backlog work that may wait when more is let in; a single request may take longer than that
 */
public record Capacity(long pixels, long bytes, Duration backlog) {

    public Capacity {
        if (pixels < 1 || bytes < 1 || backlog.isNegative()) {
            throw new IllegalArgumentException("capacities must be positive");
        }
    }
}
