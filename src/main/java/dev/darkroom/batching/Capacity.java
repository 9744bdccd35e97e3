package dev.darkroom.batching;

import java.time.Duration;

/**
 * How much work may be inside at a time.
 *
 * @param backlog what a request may have to let others have of the devices before it is done
 */
public record Capacity(long pixels, long bytes, Duration backlog) {

    public Capacity {
        if (pixels < 1 || bytes < 1 || backlog.isNegative()) {
            throw new IllegalArgumentException("capacities must be positive");
        }
    }
}
