package dev.darkroom.inference;

import dev.darkroom.batching.Batch;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Short batches beside one that takes at least twice as long, on a CPU.
 *
 * <p>A calculation cannot be interrupted, but the operating system divides cores between two. So a short batch takes twice its time at most
 * where it would have waited for the other's end and then for its turn, and the long one is later by what the short ones take, as if they had gone first. Never beside one whose
 * deadline this would break. While deadlines are at stake only the most urgent request may; work in the background never, unless it is that.
 */
final class Overtaking implements Lane {
    /** Of batches that are short themselves the end is awaited. */
    private static final Duration SHORT = Duration.ofMillis(10);
    private static final Duration LOOK = Duration.ofMillis(5);

    private final DeviceInstance instance;
    private final InTurn overtaken;
    private final BatchClock clock = new BatchClock();
    private boolean inTurn;

    Overtaking(DeviceInstance instance, InTurn overtaken) {
        this.instance = instance;
        this.overtaken = overtaken;
    }

    /** As many as the long one has time and memory to spare for. */
    @Override
    public int tiles(TileKey key) {
        long spare = overtaken.clock().nanosToSpare();
        long fitIn = spare < SHORT.toNanos() ? 0 : spare / nanos(key, 1);
        long haveRoom = pixelsOfRoom(key) / key.shape().pixels();
        return (int) Math.max(0, Math.min(instance.largestBatch(key), Math.min(fitIn, haveRoom)));
    }

    /** Of what the network may have, as much as the other leaves of its own. */
    private long pixelsOfRoom(TileKey key) {
        return (long) (instance.cap(key).pixels() * (1 - overtaken.shareOfMemory()));
    }

    private long nanos(TileKey key, int tiles) {
        return Math.max(1, (long) (instance.slowdown().factor() * instance.replica(key).nanosOfBatch(key.shape(), tiles)));
    }

    @Override
    public boolean takesAll() {
        return false;
    }

    /** In its turn, if that comes before there is a long batch to run beside; what has failed beside another is tried again by itself. */
    @Override
    public void enter(Batch<TileKey, TileWork> batch, boolean again) {
        inTurn = again;
        if (again) {
            overtaken.turn().lock();
        }
        while (!inTurn && !joined(batch)) {
            inTurn = takenWithin(LOOK);
        }
    }

    private boolean joined(Batch<TileKey, TileWork> batch) {
        long pixels = (long) batch.size() * batch.key().shape().pixels();
        return pixels <= pixelsOfRoom(batch.key()) && overtaken.clock().joined(nanos(batch.key(), batch.size()));
    }

    private boolean takenWithin(Duration time) {
        try {
            return overtaken.turn().tryLock(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            overtaken.turn().lock();
            return true;
        }
    }

    @Override
    public boolean isInTurn() {
        return inTurn;
    }

    @Override
    public void begins(Batch<TileKey, TileWork> batch, long expectedNanos) {
        clock.began(expectedNanos, instance.slowdown().factor(), batch.nanosToDeadline());
        if (!inTurn) {
            overtaken.clock().shares(expectedNanos);
        }
    }

    @Override
    public Duration ended() {
        return clock.ended();
    }

    @Override
    public void leave(boolean ran) {
        if (inTurn) {
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
