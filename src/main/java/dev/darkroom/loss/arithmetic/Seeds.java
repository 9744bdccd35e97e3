package dev.darkroom.loss.arithmetic;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Where the seeds of random draws come from; both kinds are safe to share between threads. */
public final class Seeds {

    private Seeds() {}

    /** The same draw every time, as a value that is reported needs. */
    public static LongSupplier fixed(long seed) {
        return () -> seed;
    }

    /** Another draw at every step, and the same sequence in every run, as training needs. */
    public static LongSupplier stepping(long first) {
        return new AtomicLong(first)::getAndIncrement;
    }
}
