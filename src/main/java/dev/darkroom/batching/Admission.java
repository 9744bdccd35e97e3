package dev.darkroom.batching;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Lets work in while its pixels fit, before anything is decoded.
 *
 * <ul>
 *   <li>The pixels of admitted work never exceed the capacity.</li>
 *   <li>A refusal says when the excess should be gone, from the rate at which admitted pixels have been leaving.</li>
 * </ul>
 * Thread-safe.
 */
public final class Admission {
    private static final Duration SHORTEST_RETRY = Duration.ofSeconds(1);
    /** What is left of an observation after one more; about the last ten requests decide. */
    private static final double MEMORY = 0.9;

    private final long capacityPixels;
    private final LongSupplier nanoClock;
    private long admittedPixels;
    /** Pixels that left and the seconds between their leaving; until there are any, one megapixel a second. */
    private double recentPixels = 1e6;
    private double recentSeconds = 1;
    /** When the last work left, or came while there was none. */
    private long workingSince;

    public Admission(long capacityPixels) {
        this(capacityPixels, System::nanoTime);
    }

    Admission(long capacityPixels, LongSupplier nanoClock) {
        if (capacityPixels < 1) {
            throw new IllegalArgumentException("capacity must be at least one pixel");
        }
        this.capacityPixels = capacityPixels;
        this.nanoClock = nanoClock;
    }

    /** The room that admitted work takes until it is closed; closing twice is harmless. */
    public final class Permit implements AutoCloseable {
        private final long pixels;
        private final AtomicBoolean open = new AtomicBoolean(true);

        private Permit(long pixels) {
            this.pixels = pixels;
        }

        /** The work was done, which tells the rate, and its room is free. */
        public void done() {
            if (open.getAndSet(false)) {
                observe(pixels);
                release(pixels);
            }
        }

        @Override
        public void close() {
            if (open.getAndSet(false)) {
                release(pixels);
            }
        }
    }

    /** @throws QueueFullException if the pixels do not fit now */
    public synchronized Permit admit(long pixels) {
        long excess = admittedPixels + pixels - capacityPixels;
        if (excess > 0) {
            Duration wait = Duration.ofMillis((long) Math.ceil(1000 * excess / pixelsPerSecond()));
            throw new QueueFullException(wait.compareTo(SHORTEST_RETRY) < 0 ? SHORTEST_RETRY : wait);
        }
        if (admittedPixels == 0) {
            workingSince = nanoClock.getAsLong();
        }
        admittedPixels += pixels;
        return new Permit(pixels);
    }

    public synchronized long admittedPixels() {
        return admittedPixels;
    }

    /** Seconds that the admitted work will take at the observed rate. */
    public synchronized double queuedSeconds() {
        return admittedPixels / pixelsPerSecond();
    }

    /** Small work overtakes large work, so a request's own duration says little; what leaves in a time says it all. */
    private double pixelsPerSecond() {
        return recentPixels / recentSeconds;
    }

    private synchronized void observe(long pixels) {
        long now = nanoClock.getAsLong();
        recentPixels = MEMORY * recentPixels + pixels;
        recentSeconds = MEMORY * recentSeconds + (now - workingSince) / 1e9;
        workingSince = now;
    }

    private synchronized void release(long pixels) {
        admittedPixels -= pixels;
    }
}
