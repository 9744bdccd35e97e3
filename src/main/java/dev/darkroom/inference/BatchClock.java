package dev.darkroom.inference;

import java.time.Duration;

/** Times the batch that runs in a lane, and those that share its cores; written by who has the lane, read by anyone. Thread-safe. */
final class BatchClock {
    /** A batch that takes this much longer than calibrated, and at least so long, will never end. */
    private static final int STUCK_FACTOR = 50;
    private static final Duration STUCK = Duration.ofSeconds(60);

    private static final long AGES = Long.MAX_VALUE / 4;

    private long began;
    private long ownNanos;
    private long expectedNanos;
    private double slowdown = 1;
    private long latestEnd;
    private boolean busy;
    private int company;

    /**
     * @param calibratedNanos what it takes by calibration
     * @param slowdown        how much longer batches take now
     * @param nanosToDeadline until its requests' earliest deadline
     */
    synchronized void began(long calibratedNanos, double slowdown, long nanosToDeadline) {
        began = System.nanoTime();
        ownNanos = calibratedNanos;
        expectedNanos = calibratedNanos;
        this.slowdown = slowdown;
        boolean hopeless = nanosToDeadline < slowdown * calibratedNanos;
        latestEnd = began + (hopeless ? AGES : Math.min(nanosToDeadline, AGES));
        busy = true;
    }

    /** @return how long it took */
    synchronized Duration ended() {
        busy = false;
        return Duration.ofNanos(nanosToHere());
    }

    /** Since the batch began. */
    synchronized long nanosToHere() {
        return System.nanoTime() - began;
    }

    /** What the batch and all that shared its cores take by calibration. */
    synchronized long expectedNanos() {
        return expectedNanos;
    }

    /** How long whatever would share the cores may take: half of what the batch does, and not so long that a deadline is missed that could be kept. */
    synchronized long nanosToSpare() {
        if (!busy) {
            return 0;
        }
        long left = Math.max(0, (long) (slowdown * expectedNanos) - nanosToHere());
        return Math.min((long) (slowdown * ownNanos / 2), latestEnd - System.nanoTime() - left);
    }

    /**
     * Another batch comes to share the cores, until it has {@link #parted}.
     *
     * @return false if it takes longer than there is {@link #nanosToSpare}
     */
    synchronized boolean joined(long nanos) {
        boolean fits = busy && nanos <= nanosToSpare();
        company += fits ? 1 : 0;
        return fits;
    }

    /** A batch that has joined begins. */
    synchronized void shares(long calibratedNanos) {
        expectedNanos += calibratedNanos;
    }

    synchronized void parted() {
        company--;
        notifyAll();
    }

    /** Until nobody shares the cores any more. */
    synchronized void awaitAlone() {
        boolean interrupted = false;
        while (company > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Zero if there is no batch. */
    synchronized Duration busyFor() {
        return busy ? Duration.ofNanos(nanosToHere()) : Duration.ZERO;
    }

    /** Whether the batch has been running for so long that it will never end. */
    synchronized boolean isStuck() {
        Duration busyFor = busyFor();
        return busyFor.compareTo(STUCK) > 0 && busyFor.toNanos() / STUCK_FACTOR > expectedNanos;
    }
}
