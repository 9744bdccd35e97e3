package dev.darkroom.batching;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

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
    private static final double FIRST_GUESS_PIXELS_PER_SECOND = 1e6;
    /** Weight of the newest observation; about the last ten requests decide. */
    private static final double SMOOTHING = 0.1;

    private final long capacityPixels;
    private long admittedPixels;
    private double pixelsPerSecond = FIRST_GUESS_PIXELS_PER_SECOND;

    public Admission(long capacityPixels) {
        if (capacityPixels < 1) {
            throw new IllegalArgumentException("capacity must be at least one pixel");
        }
        this.capacityPixels = capacityPixels;
    }

    /** The room that admitted work takes until it is closed; closing twice is harmless. */
    public final class Permit implements AutoCloseable {
        private final long pixels;
        private final long pixelsBefore;
        private final long since = System.nanoTime();
        private final AtomicBoolean open = new AtomicBoolean(true);

        private Permit(long pixels, long pixelsBefore) {
            this.pixels = pixels;
            this.pixelsBefore = pixelsBefore;
        }

        /** The work was done: what it and the work ahead of it took tells the rate. */
        public void done() {
            if (open.get()) {
                observe((pixels + pixelsBefore) / ((System.nanoTime() - since) / 1e9));
            }
            close();
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
            Duration wait = Duration.ofMillis((long) Math.ceil(1000 * excess / pixelsPerSecond));
            throw new QueueFullException(wait.compareTo(SHORTEST_RETRY) < 0 ? SHORTEST_RETRY : wait);
        }
        var permit = new Permit(pixels, admittedPixels);
        admittedPixels += pixels;
        return permit;
    }

    public synchronized long admittedPixels() {
        return admittedPixels;
    }

    /** Seconds that the admitted work will take at the observed rate. */
    public synchronized double queuedSeconds() {
        return admittedPixels / pixelsPerSecond;
    }

    private synchronized void observe(double rate) {
        pixelsPerSecond += SMOOTHING * (rate - pixelsPerSecond);
    }

    private synchronized void release(long pixels) {
        admittedPixels -= pixels;
    }
}
