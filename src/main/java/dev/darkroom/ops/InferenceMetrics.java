package dev.darkroom.ops;

import dev.darkroom.inference.InferenceEvents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Counts what happens on the devices. */
@Singleton
class InferenceMetrics implements InferenceEvents {
    private final MeterRegistry registry;

    InferenceMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Shows a device's counters before anything has happened: what rises from nothing to one is no rise to Prometheus. */
    void show(String device) {
        Trouble.ALL.forEach(trouble -> trouble.of(device, registry));
    }

    @Override
    public void batchRan(String device, int tiles, double fill, long pixels, Duration time) {
        Timer.builder("darkroom.device.batch").description("Time a batch spends on the device").tag("device", device)
                .publishPercentileHistogram().register(registry).record(time);
        DistributionSummary.builder("darkroom.batch.size").description("Tiles in a batch").baseUnit("tiles").tag("device", device)
                .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64).register(registry).record(tiles);
        DistributionSummary.builder("darkroom.batch.fill").description("Share of the tiles that would have been worth running together")
                .tag("device", device).serviceLevelObjectives(0.25, 0.5, 0.75, 1).register(registry).record(fill);
        Counter.builder("darkroom.device.pixels").description("Pixels that the device has run, halos included").baseUnit("pixels")
                .tag("device", device).register(registry).increment(pixels);
        Counter.builder("darkroom.device.tiles").description("Tiles that the device has run").baseUnit("tiles")
                .tag("device", device).register(registry).increment(tiles);
    }

    @Override
    public void batchHalved(String device) {
        Trouble.HALVED.of(device, registry).increment();
    }

    @Override
    public void capChanged(String device, long pixels) {
        Trouble.CAP_CHANGED.of(device, registry).increment();
    }

    @Override
    public void recomputed(String device) {
        Trouble.RECOMPUTED.of(device, registry).increment();
    }

    @Override
    public void workerReplaced(String device) {
        Trouble.WORKER_REPLACED.of(device, registry).increment();
    }

    @Override
    public void deviceLost(String device) {
        Trouble.DEVICE_LOST.of(device, registry).increment();
    }

    /** What should not happen often. */
    private record Trouble(String name, String description) {
        static final Trouble HALVED = new Trouble("darkroom.batch.halved", "Batches tried again in halves");
        static final Trouble CAP_CHANGED = new Trouble("darkroom.batch.cap.changes", "Changes of the learned limit of a batch");
        static final Trouble RECOMPUTED = new Trouble("darkroom.batch.recomputed", "Batches whose output was not finite, computed again in float32");
        static final Trouble WORKER_REPLACED = new Trouble("darkroom.device.workers.replaced", "Workers that died and were replaced");
        static final Trouble DEVICE_LOST = new Trouble("darkroom.device.lost", "Devices that failed and get no work until they add up again");
        static final List<Trouble> ALL = List.of(HALVED, CAP_CHANGED, RECOMPUTED, WORKER_REPLACED, DEVICE_LOST);

        Counter of(String device, MeterRegistry registry) {
            return Counter.builder(name).description(description).tag("device", device).register(registry);
        }
    }
}
