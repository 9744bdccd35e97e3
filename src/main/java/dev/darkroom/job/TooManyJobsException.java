package dev.darkroom.job;

import java.time.Duration;

/** No more jobs are kept, of this caller or of all. */
public final class TooManyJobsException extends RuntimeException {
    private final Duration retryAfter;

    TooManyJobsException(String whose, int most, Duration retryAfter) {
        super("%d jobs are kept of %s, and no more can be; delete those that are done with".formatted(most, whose));
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
