package dev.darkroom.inference;

import dev.darkroom.batching.Batch;
import java.time.Duration;

/**
 * Short batches beside a long one on a CPU: the lane of those that would wait longer for its end than they take.
 *
 * <p>A calculation cannot be interrupted, but the operating system divides cores between two. So a short batch takes twice its time at most
 * where it would have waited for the other's end, and the long one is later by what the short ones take, as if they had gone first. Never beside one whose
 * deadline this would break, nor while any request's deadline is at stake, nor for work in the background.
 */
final class Overtaking implements Lane {
    /** Less is not worth two calculations' caches in one. */
    private static final Duration LEAST_GAIN = Duration.ofMillis(10);

    private final DeviceInstance instance;
    private final InTurn overtaken;
    private final BatchClock clock = new BatchClock();
    private boolean alone;

    Overtaking(DeviceInstance instance, InTurn overtaken) {
        this.instance = instance;
        this.overtaken = overtaken;
    }

    @Override
    public int tiles(TileKey key) {
        long shortest = nanos(key, 1);
        long longest = overtaken.clock().nanosToSpare() - LEAST_GAIN.toNanos();
        return shortest > longest ? 0 : (int) Math.min(instance.largestBatch(key), longest / shortest);
    }

    private long nanos(TileKey key, int tiles) {
        return (long) (instance.slowdown().factor() * instance.replica(key).nanosOfBatch(key.shape(), tiles));
    }

    @Override
    public boolean takesBackground() {
        return false;
    }

    /** Alone, in its turn, if the long one has ended in the meantime. */
    @Override
    public void enter(Batch<TileKey, TileWork> batch) {
        alone = !overtaken.clock().shares(instance.replica(batch.key()).nanosOfBatch(batch.key().shape(), batch.size()));
        if (alone) {
            overtaken.turn().lock();
        }
    }

    @Override
    public void begins(Batch<TileKey, TileWork> batch, long expectedNanos) {
        clock.began(expectedNanos, instance.slowdown().factor(), batch.nanosToDeadline());
    }

    @Override
    public Duration ended() {
        return clock.ended();
    }

    @Override
    public void leave(boolean ran) {
        if (alone) {
            overtaken.turn().unlock();
        } else {
            overtaken.clock().parted();
        }
    }

    @Override
    public BatchClock clock() {
        return clock;
    }
}
