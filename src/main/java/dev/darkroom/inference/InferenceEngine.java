package dev.darkroom.inference;

import ai.djl.pytorch.jni.JniUtils;
import dev.darkroom.batching.Batch;
import dev.darkroom.batching.BatchQueue;
import dev.darkroom.batching.BatchingEvents;
import dev.darkroom.batching.Deadline;
import dev.darkroom.batching.NoDeviceException;
import dev.darkroom.batching.Pace;
import dev.darkroom.batching.Submission;
import dev.darkroom.inference.checkpoint.InferenceSettings;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import dev.darkroom.inference.device.Devices;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Takes tiles of any request and runs them in batches on the devices; closing it finishes what was accepted. */
public final class InferenceEngine implements AutoCloseable {
    private static final Logger LOG = System.getLogger(InferenceEngine.class.getName());
    /** On a GPU one worker's batch is read and delivered while the other's runs; on a CPU they would take each other's cores. */
    private static final int WORKERS_PER_GPU_INSTANCE = 2;

    private final InferenceSettings settings;
    private final InferenceEvents events;
    private final Slowdown slowdown = new Slowdown();
    private final BatchQueue<TileKey, TileWork> queue;
    private final List<DeviceInstance> instances = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    public InferenceEngine(InferenceSettings settings, InferenceEvents events, BatchingEvents batching, DeviceHook hook) {
        this.settings = settings;
        this.events = events;
        var pace = new Pace<TileKey>(this::nanosPerTile, this::working, settings.batchTime().multipliedBy(2), settings.delay());
        queue = new BatchQueue<>(pace, batching);
        Devices.find(settings.device()).forEach(device -> {
            var cap = new MemoryCap(settings.batchPixels());
            for (int i = 0; i < settings.instances(); i++) {
                instances.add(new DeviceInstance(device, cap));
            }
        });
        instances.forEach(instance -> startWorkers(instance, hook));
    }

    private void startWorkers(DeviceInstance instance, DeviceHook hook) {
        int workers = instance.device().isGpu() ? WORKERS_PER_GPU_INSTANCE : 1;
        for (int i = 0; i < workers; i++) {
            var worker = new DeviceWorker(queue, instance, hook, slowdown, events);
            var thread = new Thread(() -> keepWorking(worker, instance), "device-" + instance.name() + "-" + threads.size());
            threads.add(thread);
            thread.start();
        }
    }

    /** Nothing that happens to a worker may leave the device without one. */
    @SuppressWarnings("PMD.AvoidCatchingThrowable")
    private void keepWorking(DeviceWorker worker, DeviceInstance instance) {
        JniUtils.setNumThreads(settings.threadsOfAnInstance()); // of this thread
        while (!instance.isLost()) {
            try {
                worker.work();
                break;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            } catch (Throwable death) {
                LOG.log(Level.ERROR, "a worker of " + instance.name() + " died and is replaced", death);
                events.workerReplaced(instance.name());
                worker.recover(death);
            }
        }
        if (instance.isLost()) {
            giveUp(worker.unsettled());
        }
    }

    private void giveUp(List<Batch<TileKey, TileWork>> unsettled) {
        unsettled.forEach(queue::putBack);
        if (instances.stream().allMatch(DeviceInstance::isLost)) {
            queue.abandon(new NoDeviceException());
        }
    }

    /** @param tiles of one image; the checkpoint must stay open until the submission is released */
    public Submission<?, TileWork> submit(TorchScriptCheckpoint checkpoint, List<? extends TileWork> tiles, Deadline deadline) {
        Map<TileKey, List<TileWork>> byKey = tiles.stream()
                .collect(Collectors.groupingBy(tile -> new TileKey(checkpoint, tile.shape()), Collectors.toList()));
        return queue.submit(byKey, deadline);
    }

    /** What calibrated device time becomes on the devices that work, at the pace that they have just had. */
    public Duration asThingsGo(Duration calibrated) {
        return Duration.ofNanos((long) (calibrated.toNanos() * slowdown.factor() * instances.size() / working()));
    }

    private int working() {
        return (int) Math.max(1, instances.stream().filter(instance -> !instance.isLost()).count());
    }

    private long nanosPerTile(TileKey key) {
        return asThingsGo(key.checkpoint().timePerTile(key.shape())).toNanos();
    }

    public List<DeviceStatus> devices() {
        return instances.stream().map(DeviceInstance::status).toList();
    }

    /** Requests with tiles that no device holds yet. */
    public int queueDepth() {
        return queue.depth();
    }

    /** How much longer batches take than when they were calibrated. */
    public double slowdown() {
        return slowdown.factor();
    }

    @Override
    public void close() {
        queue.close();
        threads.forEach(InferenceEngine::join);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
