package dev.darkroom.batching;

import java.time.Duration;

/** There is no room for the work now; there should be after {@link #retryAfter()}. */
public final class QueueFullException extends RuntimeException {
    private final transient Duration retryAfter;

    QueueFullException(Duration retryAfter) {
        super("The queue is full.");
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
