package dev.darkroom.bench.load;

import dev.darkroom.inference.InferenceEvents;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what lack of memory made the devices do. */
public final class MemoryWatch implements InferenceEvents {
    private final AtomicLong halved = new AtomicLong();
    private final AtomicLong recomputed = new AtomicLong();

    @Override
    public void batchHalved(String device) {
        halved.incrementAndGet();
    }

    @Override
    public void recomputed(String device) {
        recomputed.incrementAndGet();
    }

    public long halved() {
        return halved.get();
    }

    long recomputed() {
        return recomputed.get();
    }
}
