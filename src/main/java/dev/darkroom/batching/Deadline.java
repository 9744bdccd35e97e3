package dev.darkroom.batching;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The moment after which nobody waits for an answer any more, on the clock of {@link System#nanoTime()}. */
public record Deadline(long nanoTime) {

    public static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    public boolean hasPassed() {
        return remaining().isNegative();
    }

    /** Negative once the deadline has passed. */
    public Duration remaining() {
        return Duration.of(nanoTime - System.nanoTime(), TimeUnit.NANOSECONDS.toChronoUnit());
    }
}
