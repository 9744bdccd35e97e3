package dev.darkroom.inference;

import ai.djl.ndarray.NDManager;
import dev.darkroom.batching.Batch;
import dev.darkroom.batching.BatchQueue;
import dev.darkroom.inference.checkpoint.Replica;
import dev.darkroom.inference.checkpoint.TileShape;
import dev.darkroom.inference.device.Devices;
import dev.darkroom.inference.device.OutOfMemory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Takes batches for a device until the queue is closed and empty, or the device is lost.
 *
 * <p>A batch that fails is tried again in halves until only the culprit is left; one that needs too much memory is halved too,
 * and the device remembers. Whatever goes wrong, every tile that was taken is answered or put back.
 */
final class DeviceWorker {
    private static final Logger LOG = System.getLogger(DeviceWorker.class.getName());

    private final BatchQueue<TileKey, TileWork> queue;
    private final DeviceInstance instance;
    private final Lane lane;
    private final InferenceEvents events;
    private final DeviceProbe probe;
    private final BatchRun run;
    private final Deque<Batch<TileKey, TileWork>> unsettled = new ArrayDeque<>();
    /** Just taken, so that there may be more by the time it is the device's turn. */
    private boolean growable;
    /** A tile that was alone when memory ran out or the worker died, and is tried once more. */
    private Batch<TileKey, TileWork> secondChance;

    DeviceWorker(BatchQueue<TileKey, TileWork> queue, DeviceInstance instance, Lane lane, DeviceProbe probe, DeviceHook hook, InferenceEvents events) {
        this.queue = queue;
        this.instance = instance;
        this.lane = lane;
        this.probe = probe;
        this.events = events;
        run = new BatchRun(hook, events);
    }

    /** @return whether the queue is closed and empty; else the device is lost */
    boolean work() throws InterruptedException {
        settle();
        while (!instance.isLost()) {
            Optional<Batch<TileKey, TileWork>> batch = queue.take(lane, instance.taker());
            if (batch.isEmpty()) {
                return true;
            }
            unsettled.push(batch.get());
            growable = true;
            settle();
        }
        return false;
    }

    /** After the worker died with something in its hands: that is treated as what killed it, and answered whatever happens. */
    @SuppressWarnings("PMD.AvoidCatchingThrowable")
    void recover(Throwable death) {
        Batch<TileKey, TileWork> culprit = unsettled.peek();
        if (culprit == null) {
            return;
        }
        try {
            failed(culprit, death, true);
        } catch (Throwable again) {
            LOG.log(Level.ERROR, "a worker of " + instance.name() + " died of its predecessor's death", again);
            fail(culprit, death);
        }
    }

    /** Gives up what the worker of a lost device still holds. */
    List<Batch<TileKey, TileWork>> handOver() {
        List<Batch<TileKey, TileWork>> left = List.copyOf(unsettled);
        unsettled.clear();
        if (!left.isEmpty()) {
            instance.taker().done();
        }
        return left;
    }

    /** What is being settled stays in hand until it has been answered. */
    private void settle() {
        while (!unsettled.isEmpty() && !instance.isLost()) {
            Batch<TileKey, TileWork> batch = unsettled.peek();
            Optional<Throwable> failure = attempt(batch);
            if (failure.isPresent()) {
                failed(batch, failure.get(), OutOfMemory.is(failure.get()));
            } else {
                settled();
            }
        }
    }

    private void settled() {
        unsettled.pop();
        if (unsettled.isEmpty()) {
            instance.taker().done();
        }
    }

    /** Other errors are not the batch's, and end this worker. */
    private Optional<Throwable> attempt(Batch<TileKey, TileWork> batch) {
        try {
            runOnDevice(batch);
            batch.complete();
            return Optional.empty();
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError | LinkageError e) {
            return Optional.of(e);
        }
    }

    private void runOnDevice(Batch<TileKey, TileWork> batch) {
        TileShape shape = batch.key().shape();
        Replica replica = instance.replica(batch.key());
        run.reset();
        run.read(batch.tiles(), shape);
        try (NDManager scratch = replica.newManager()) {
            ByteBuffer results = null;
            lane.enter(batch, !growable);
            try {
                if (growable) {
                    growable = false;
                    queue.grow(batch, lane);
                    run.read(batch.tiles(), shape);
                }
                results = compute(batch, scratch, replica, shape);
            } finally {
                lane.leave(results != null);
            }
            run.write(batch.tiles(), results);
        }
    }

    private ByteBuffer compute(Batch<TileKey, TileWork> batch, NDManager scratch, Replica replica, TileShape shape) {
        long pixels = (long) batch.size() * shape.pixels();
        lane.begins(batch, replica.nanosOfBatch(shape, batch.size()));
        Duration time;
        ByteBuffer results;
        try {
            results = run.compute(scratch, replica, batch.tiles(), shape);
        } finally {
            time = lane.ended();
        }
        MemoryCap cap = instance.cap(batch.key());
        if (cap.ran(pixels)) {
            events.capChanged(instance.name(), cap.pixels());
        }
        events.batchRan(instance.name(), batch.size(), Math.min(1, (double) batch.size() / instance.largestBatch(batch.key())), pixels, time);
        return results;
    }

    private void failed(Batch<TileKey, TileWork> batch, Throwable cause, boolean maybeNotItsFault) {
        if (OutOfMemory.is(cause) && lane.isInTurn()) {
            makeRoom(batch);
        }
        if (batch.size() > 1) {
            events.batchHalved(instance.name());
            List<Batch<TileKey, TileWork>> halves = batch.halves();
            unsettled.pop();
            halves.forEach(unsettled::push);
        } else if (maybeNotItsFault && batch != secondChance) {
            secondChance = batch;
        } else if (probe.deviceWorks(instance.replica(batch.key()))) {
            fail(batch, cause);
        } else if (instance.lose()) {
            LOG.log(Level.ERROR, instance.name() + " is lost", cause);
            events.deviceLost(instance.name());
        }
    }

    private void fail(Batch<TileKey, TileWork> batch, Throwable cause) {
        LOG.log(Level.ERROR, "a tile failed on " + batch.key().checkpoint().id(), cause);
        batch.fail(new InferenceFailedException(cause));
        settled();
    }

    private void makeRoom(Batch<TileKey, TileWork> batch) {
        Devices.releaseCache(instance.device());
        MemoryCap cap = instance.cap(batch.key());
        if (cap.outOfMemory((long) batch.size() * batch.key().shape().pixels())) {
            events.capChanged(instance.name(), cap.pixels());
        }
    }
}
