package dev.darkroom.inference;

import java.time.Duration;

/** Times the batch that is on a device; written by whoever has the device's turn, read by anyone. */
final class BatchClock {
    /** A batch that takes this much longer than calibrated, and at least so long, will never end. */
    private static final int STUCK_FACTOR = 50;
    private static final Duration STUCK = Duration.ofSeconds(60);

    private volatile long busySince;
    private volatile long expectedNanos;
    private volatile boolean busy;

    void began(long calibratedNanos) {
        expectedNanos = calibratedNanos;
        busySince = System.nanoTime();
        busy = true;
    }

    /** @return how long it took */
    Duration ended() {
        busy = false;
        return Duration.ofNanos(System.nanoTime() - busySince);
    }

    /** Zero if there is no batch. */
    Duration busyFor() {
        return busy ? Duration.ofNanos(System.nanoTime() - busySince) : Duration.ZERO;
    }

    /** Whether a batch that has been running for so long will never end. */
    boolean isStuck(Duration busyFor) {
        return busyFor.compareTo(STUCK) > 0 && busyFor.toNanos() / STUCK_FACTOR > expectedNanos;
    }
}
