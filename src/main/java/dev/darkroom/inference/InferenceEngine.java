package dev.darkroom.inference;

import dev.darkroom.batching.BatchQueue;
import dev.darkroom.batching.Deadline;
import dev.darkroom.batching.Submission;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Takes tiles of any request and runs them in batches on the device; closing it finishes what was accepted. */
public final class InferenceEngine implements AutoCloseable {
    private final BatchQueue<TileKey, TileWork> queue;
    private final Thread worker;

    public InferenceEngine(InferenceSettings settings, InferenceEvents events) {
        queue = new BatchQueue<>(key -> (int) Math.max(1, settings.batchPixels() / key.shape().pixels()));
        worker = new Thread(new DeviceWorker(queue, events), "device");
        worker.start();
    }

    /** @param tiles of one image; the checkpoint must stay open until the submission's completion */
    public Submission<?, TileWork> submit(TorchScriptCheckpoint checkpoint, List<? extends TileWork> tiles, Deadline deadline) {
        Map<TileKey, List<TileWork>> byKey = tiles.stream()
                .collect(Collectors.groupingBy(tile -> new TileKey(checkpoint, tile.shape()), Collectors.toList()));
        return queue.submit(byKey, deadline);
    }

    /** Requests with tiles that no device holds yet. */
    public int queueDepth() {
        return queue.depth();
    }

    public boolean isAlive() {
        return worker.isAlive();
    }

    @Override
    public void close() {
        queue.close();
        try {
            worker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
