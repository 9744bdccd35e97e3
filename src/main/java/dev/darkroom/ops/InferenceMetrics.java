package dev.darkroom.ops;

import dev.darkroom.inference.InferenceEvents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/** Counts what happens on the devices. */
@Singleton
class InferenceMetrics implements InferenceEvents {
    private final Timer deviceTime;
    private final DistributionSummary batchSize;
    private final Counter pixels;

    InferenceMetrics(MeterRegistry registry) {
        deviceTime = Timer.builder("darkroom.device.batch").description("Time a batch spends on the device")
                .publishPercentileHistogram().register(registry);
        batchSize = DistributionSummary.builder("darkroom.batch.size").description("Tiles in a batch").baseUnit("tiles")
                .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64).register(registry);
        pixels = Counter.builder("darkroom.device").description("Pixels that the device has run, halos included")
                .baseUnit("pixels").register(registry);
    }

    @Override
    public void batchRan(int tiles, long pixelsOfBatch, long nanoseconds) {
        deviceTime.record(nanoseconds, TimeUnit.NANOSECONDS);
        batchSize.record(tiles);
        pixels.increment(pixelsOfBatch);
    }
}
