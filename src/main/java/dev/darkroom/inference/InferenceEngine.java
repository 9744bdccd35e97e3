package dev.darkroom.inference;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import dev.darkroom.batching.Batch;
import dev.darkroom.batching.BatchQueue;
import dev.darkroom.batching.BatchingEvents;
import dev.darkroom.batching.Deadline;
import dev.darkroom.batching.NoDeviceException;
import dev.darkroom.batching.Pace;
import dev.darkroom.batching.Standing;
import dev.darkroom.batching.Submission;
import dev.darkroom.inference.checkpoint.InferenceSettings;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import dev.darkroom.inference.device.Devices;
import dev.darkroom.inference.device.Turns;
import dev.darkroom.memory.Uninterrupted;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Takes tiles of any request and runs them in batches on the devices; closing it finishes what was accepted. */
public final class InferenceEngine implements AutoCloseable {
    private static final Logger LOG = System.getLogger(InferenceEngine.class.getName());
    /** On probation: how long after it was lost a device is looked at first, and how long after that at most. */
    private static final Duration FIRST_LOOK = Duration.ofSeconds(1);
    private static final Duration LAST_LOOK = Duration.ofMinutes(1);

    private final InferenceSettings settings;
    private final InferenceEvents events;
    private final BatchQueue<TileKey, TileWork> queue;
    private final List<DeviceInstance> instances = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final int devices;
    private final CountDownLatch closing = new CountDownLatch(1);

    /** On devices that nobody else uses. */
    public InferenceEngine(InferenceSettings settings, InferenceEvents events, BatchingEvents batching, DeviceHook hook) {
        this(settings, new Turns(), events, batching, hook);
    }

    /** @param turns taken for each batch */
    public InferenceEngine(InferenceSettings settings, Turns turns, InferenceEvents events, BatchingEvents batching, DeviceHook hook) {
        this.settings = settings;
        this.events = events;
        var pace = new Pace<TileKey>(this::nanosPerTile, this::nanosOfBatch, settings.batchTime().multipliedBy(2), settings.delay());
        queue = new BatchQueue<>(pace, batching);
        List<Device> found = Devices.find(settings.device());
        devices = found.size();
        found.forEach(device -> {
            var caps = new MemoryCaps(settings.batchPixels());
            for (int i = 0; i < settings.instances(); i++) {
                instances.add(new DeviceInstance(device, caps, settings.instances(), turns.of(device, i), queue::lookAgain));
            }
        });
        instances.forEach(instance -> startWorkers(instance, hook));
    }

    private void startWorkers(DeviceInstance instance, DeviceHook hook) {
        for (Lane lane : instance.lanes()) {
            var probe = new DeviceProbe(instance, hook, this::isClosingWithin);
            var worker = new DeviceWorker(queue, instance, lane, probe, hook, events);
            var thread = new Thread(() -> serve(worker, instance, probe), "device-" + instance.name() + "-" + threads.size());
            threads.add(thread);
            thread.start();
        }
    }

    /** Until the queue is closed; a device that is lost is on probation. */
    private void serve(DeviceWorker worker, DeviceInstance instance, DeviceProbe probe) {
        JniUtils.setNumThreads(settings.threadsOfAnInstance()); // of this thread
        boolean served = keepsWorking(worker, instance);
        while (!served) {
            giveUp(worker.handOver());
            served = !comesBack(instance, probe) || keepsWorking(worker, instance);
        }
    }

    /**
     * Nothing that happens to a worker may leave the device without one.
     *
     * @return whether there is nothing more to do; else the device is lost
     */
    @SuppressWarnings("PMD.AvoidCatchingThrowable")
    private boolean keepsWorking(DeviceWorker worker, DeviceInstance instance) {
        while (!instance.isLost()) {
            try {
                if (worker.work()) {
                    return true;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            } catch (Throwable death) {
                LOG.log(Level.ERROR, "a worker of " + instance.name() + " died and is replaced", death);
                events.workerReplaced(instance.name());
                worker.recover(death);
            }
        }
        return false;
    }

    private synchronized void giveUp(List<Batch<TileKey, TileWork>> unsettled) {
        unsettled.forEach(queue::putBack);
        if (instances.stream().allMatch(DeviceInstance::isLost)) {
            queue.abandon(new NoDeviceException());
        }
    }

    private boolean comesBack(DeviceInstance instance, DeviceProbe probe) {
        Duration pause = FIRST_LOOK;
        while (!isClosingWithin(pause)) {
            if (!instance.isLost() || probe.deviceWorks()) {
                welcome(instance);
                return true;
            }
            pause = pause.multipliedBy(2).compareTo(LAST_LOOK) < 0 ? pause.multipliedBy(2) : LAST_LOOK;
        }
        return false;
    }

    private synchronized void welcome(DeviceInstance instance) {
        if (instance.comeBack()) {
            LOG.log(Level.INFO, instance.name() + " works again");
            queue.resume();
            events.deviceCameBack(instance.name());
        }
    }

    private boolean isClosingWithin(Duration pause) {
        try {
            return closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** {@link #submit(TorchScriptCheckpoint, List, Deadline, Standing)} for a caller with no other image. */
    public Submission<?, TileWork> submit(TorchScriptCheckpoint checkpoint, List<? extends TileWork> tiles, Deadline deadline) {
        return submit(checkpoint, tiles, deadline, Standing.alone());
    }

    /** @param tiles of one image; the checkpoint must stay open until the submission is released */
    public Submission<?, TileWork> submit(TorchScriptCheckpoint checkpoint, List<? extends TileWork> tiles, Deadline deadline, Standing standing) {
        Map<TileKey, List<TileWork>> byKey = tiles.stream()
                .collect(Collectors.groupingBy(tile -> new TileKey(checkpoint, tile.shape()), Collectors.toList()));
        return queue.submit(byKey, deadline, standing);
    }

    /**
     * What calibrated device time becomes on the instances that work, at the pace that each has just had. Devices are calibrated with one
     * batch at a time on each.
     */
    public Duration asThingsGo(Duration calibrated) {
        return Duration.ofNanos((long) (calibrated.toNanos() * devices / instancesAtFullPace()));
    }

    /** How many instances as fast as when they were calibrated would do what those that work do. */
    private double instancesAtFullPace() {
        double pace = instances.stream().filter(instance -> !instance.isLost()).mapToDouble(instance -> 1 / instance.slowdown().factor()).sum();
        return pace > 0 ? pace : 1;
    }

    private long nanosPerTile(TileKey key) {
        return asThingsGo(key.checkpoint().timePerTile(key.shape())).toNanos();
    }

    private long nanosOfBatch(TileKey key, int tiles) {
        return (long) (slowdown() * key.checkpoint().nanosOfBatch(key.shape(), tiles));
    }

    public List<DeviceStatus> devices() {
        return instances.stream().map(DeviceInstance::status).toList();
    }

    /** Requests with tiles that no device holds yet. */
    public int queueDepth() {
        return queue.depth();
    }

    /** How much longer batches take than when they were calibrated, on the mean of the instances. */
    public double slowdown() {
        return instances.stream().mapToDouble(instance -> instance.slowdown().factor()).average().orElse(1);
    }

    @Override
    public void close() {
        queue.close();
        closing.countDown();
        threads.forEach(thread -> Uninterrupted.until(() -> {
            thread.join();
            return true;
        }));
    }
}
