package dev.darkroom.batching;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The moment after which nobody waits for an answer any more, on a clock such as {@link System#nanoTime()}. */
public record Deadline(long nanoTime, LongSupplier nanoClock) {

    public static Deadline in(Duration duration) {
        return in(duration, System::nanoTime);
    }

    public static Deadline in(Duration duration, LongSupplier nanoClock) {
        return new Deadline(nanoClock.getAsLong() + duration.toNanos(), nanoClock);
    }

    public boolean hasPassed() {
        return remaining().isNegative();
    }

    /** Negative once the deadline has passed. */
    public Duration remaining() {
        return Duration.ofNanos(nanoTime - nanoClock.getAsLong());
    }
}
