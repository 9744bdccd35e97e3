package dev.darkroom.batching;

import java.time.Duration;

/** There is no room for the work now; there should be after {@link #retryAfter()}. */
public final class QueueFullException extends RuntimeException {
    private final Refusal reason;
    private final transient Duration retryAfter;

    QueueFullException(Refusal reason, Duration retryAfter) {
        super(reason.message());
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    public Refusal reason() {
        return reason;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
