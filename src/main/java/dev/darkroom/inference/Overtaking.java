package dev.darkroom.inference;

import dev.darkroom.batching.Batch;
import java.time.Duration;

/**
 * Short batches beside one that takes at least twice as long, on a CPU.
 *
 * <p>A calculation cannot be interrupted, but the operating system divides cores between two. So a short batch takes twice its time at most
 * where it would have waited for the other's end and then for its turn, and the long one is later by what the short ones take, as if they had gone first. Never beside one whose
 * deadline this would break; while deadlines are at stake, only the first of those; and nothing in the background, unless it is that.
 */
final class Overtaking implements Lane {
    /** Of batches that are short themselves the end is awaited. */
    private static final Duration SHORT = Duration.ofMillis(10);

    private final DeviceInstance instance;
    private final InTurn overtaken;
    private final BatchClock clock = new BatchClock();
    private boolean alone;
    /** What failed beside another, for lack of memory perhaps, is tried again by itself. */
    private boolean failedBesideAnother;

    Overtaking(DeviceInstance instance, InTurn overtaken) {
        this.instance = instance;
        this.overtaken = overtaken;
    }

    /** As many as the long one has time and memory to spare for. */
    @Override
    public int tiles(TileKey key) {
        long spare = overtaken.clock().nanosToSpare();
        long fitIn = spare < SHORT.toNanos() ? 0 : spare / nanos(key, 1);
        long haveRoom = (instance.cap().pixels() - overtaken.pixels()) / key.shape().pixels();
        return (int) Math.max(0, Math.min(instance.largestBatch(key), Math.min(fitIn, haveRoom)));
    }

    private long nanos(TileKey key, int tiles) {
        return Math.max(1, (long) (instance.slowdown().factor() * instance.replica(key).nanosOfBatch(key.shape(), tiles)));
    }

    @Override
    public boolean takesAll() {
        return false;
    }

    /** Alone, in its turn, if the long one has ended in the meantime. */
    @Override
    public void enter(Batch<TileKey, TileWork> batch) {
        alone = failedBesideAnother || !overtaken.clock().joined(nanos(batch.key(), batch.size()));
        if (alone) {
            overtaken.turn().lock();
        }
    }

    @Override
    public void begins(Batch<TileKey, TileWork> batch, long expectedNanos) {
        clock.began(expectedNanos, instance.slowdown().factor(), batch.nanosToDeadline());
        if (!alone) {
            overtaken.clock().shares(expectedNanos);
        }
    }

    @Override
    public Duration ended() {
        return clock.ended();
    }

    @Override
    public void leave(boolean ran) {
        failedBesideAnother = !alone && !ran;
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
