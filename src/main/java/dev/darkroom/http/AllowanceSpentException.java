package dev.darkroom.http;

import java.time.Duration;

/** A caller has used up what they may ask for at a time or in a minute. */
public final class AllowanceSpentException extends RuntimeException {
    private final Duration retryAfter;

    public AllowanceSpentException(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
