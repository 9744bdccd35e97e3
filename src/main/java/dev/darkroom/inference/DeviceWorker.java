package dev.darkroom.inference;

import dev.darkroom.batching.Batch;
import dev.darkroom.batching.BatchQueue;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** The thread of one device: takes batches until the queue is closed and empty. A failing batch is tried tile by tile. */
final class DeviceWorker implements Runnable {
    private static final Logger LOG = System.getLogger(DeviceWorker.class.getName());

    private final BatchQueue<TileKey, TileWork> queue;
    private final InferenceEvents events;
    private final BatchRun run = new BatchRun();

    DeviceWorker(BatchQueue<TileKey, TileWork> queue, InferenceEvents events) {
        this.queue = queue;
        this.events = events;
    }

    @Override
    public void run() {
        try {
            for (var batch = queue.take(); batch.isPresent(); batch = queue.take()) {
                runOrSplit(batch.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runOrSplit(Batch<TileKey, TileWork> batch) {
        Optional<Throwable> failure = attempt(batch);
        if (failure.isEmpty()) {
            batch.complete();
        } else if (batch.size() > 1) {
            batch.split().forEach(this::runOrSplit);
        } else {
            LOG.log(Level.ERROR, "a tile failed on " + batch.key().checkpoint().id(), failure.get());
            batch.fail(new InferenceFailedException(failure.get()));
        }
    }

    /** An Error of one tile must not end the thread that serves all others. */
    @SuppressWarnings("PMD.AvoidCatchingThrowable")
    private Optional<Throwable> attempt(Batch<TileKey, TileWork> batch) {
        long began = System.nanoTime();
        try {
            run.run(batch.key(), batch.tiles());
            events.batchRan(batch.size(), (long) batch.size() * batch.key().shape().pixels(), System.nanoTime() - began);
            return Optional.empty();
        } catch (Throwable e) {
            return Optional.of(e);
        }
    }
}
