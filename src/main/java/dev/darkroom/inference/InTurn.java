package dev.darkroom.inference;

import dev.darkroom.batching.Batch;
import java.time.Duration;
import java.util.concurrent.locks.Lock;

/** One batch at a time on an instance, whoever's it is: the lane of everything. */
final class InTurn implements Lane {
    private final DeviceInstance instance;
    private final Lock turn;
    private final Runnable onBegin;
    private final BatchClock clock = new BatchClock();
    private volatile double shareOfMemory;

    /**
     * @param turn    held by whoever's calculation is on the instance
     * @param onBegin told whenever a batch begins to run, beside which another may
     */
    InTurn(DeviceInstance instance, Lock turn, Runnable onBegin) {
        this.instance = instance;
        this.turn = turn;
        this.onBegin = onBegin;
    }

    @Override
    public int tiles(TileKey key) {
        return instance.largestBatch(key);
    }

    @Override
    public void enter(Batch<TileKey, TileWork> batch, boolean again) {
        turn.lock();
    }

    @Override
    public boolean isInTurn() {
        return true;
    }

    @Override
    public void begins(Batch<TileKey, TileWork> batch, long expectedNanos) {
        shareOfMemory = (double) batch.size() * batch.key().shape().pixels() / instance.cap(batch.key()).pixels();
        clock.began(expectedNanos, instance.slowdown().factor(), batch.nanosToDeadline());
        onBegin.run();
    }

    @Override
    public Duration ended() {
        return clock.ended();
    }

    /** Not before those that overtook have left too, so that the next calculation on the instance is alone. */
    @Override
    public void leave(boolean ran) {
        try {
            clock.awaitAlone();
            if (ran) {
                instance.slowdown().observe(clock.expectedNanos(), clock.nanosToHere());
            }
        } finally {
            turn.unlock();
        }
    }

    @Override
    public BatchClock clock() {
        return clock;
    }

    /** What the batch that runs, or ran last, took of what its network may have. */
    double shareOfMemory() {
        return shareOfMemory;
    }

    /** For {@link Overtaking}, when there is nothing to overtake any more. */
    Lock turn() {
        return turn;
    }
}
