package dev.darkroom.batching;

import java.util.concurrent.atomic.AtomicInteger;

/** A device as the queue sees it, whose workers take batches: how many it has that are not done with. Thread-safe. */
public final class Taker {
    private final AtomicInteger held = new AtomicInteger();

    /** Under the queue's lock, so that no two workers believe the same device to be idle. */
    void took() {
        held.incrementAndGet();
    }

    /** Done with a batch, whatever has become of it. */
    public void done() {
        held.decrementAndGet();
    }

    boolean isIdle() {
        return held.get() == 0;
    }
}
