package dev.darkroom.job;

import java.time.Duration;

/** The job has no result yet. */
public final class JobUnfinishedException extends RuntimeException {
    private final Duration retryAfter;

    public JobUnfinishedException(Duration retryAfter) {
        super("the job has not ended yet");
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
