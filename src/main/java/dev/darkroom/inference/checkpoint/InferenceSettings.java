package dev.darkroom.inference.checkpoint;

import dev.darkroom.model.Precision;
import java.time.Duration;
import java.util.Optional;

/**
 * How checkpoints are run.
 *
 * @param device      {@code auto} (every CUDA device, else the CPU), {@code cpu}, or CUDA devices as {@code cuda:0,cuda:1}
 * @param precision   of hidden features; empty: the fastest that the checkpoint allows and that stays within 50 dB of
 *                    float32 on this device
 * @param threads     cores that one operation uses on a CPU; 0: all, shared by the instances
 * @param instances   batches that run at a time on a device
 * @param batchPixels how many pixels a batch may have
 * @param batchTime   how long a batch may take by calibration, if it is more than one tile; what a small image may have to wait
 * @param delay       how long a batch that is not full waits for more
 */
public record InferenceSettings(String device, Optional<Precision> precision, int threads, int instances, long batchPixels,
        Duration batchTime, Duration delay) {
    private static final long BATCH_PIXELS = 1 << 22;
    private static final Duration BATCH_TIME = Duration.ofMillis(250);

    public InferenceSettings {
        if (instances < 1 || batchPixels < 1 || threads < 0 || batchTime.isNegative() || delay.isNegative()) {
            throw new IllegalArgumentException("instances and batch sizes must be positive, times and threads not negative");
        }
    }

    public static InferenceSettings on(String device, Optional<Precision> precision) {
        return new InferenceSettings(device, precision, 0, 1, BATCH_PIXELS, BATCH_TIME, Duration.ZERO);
    }

    public static InferenceSettings defaults() {
        return on("auto", Optional.empty());
    }

    public InferenceSettings withPrecision(Precision chosen) {
        return new InferenceSettings(device, Optional.of(chosen), threads, instances, batchPixels, batchTime, delay);
    }

    /** @param count batches that run at a time on a device */
    public InferenceSettings withInstances(int count) {
        return new InferenceSettings(device, precision, threads, count, batchPixels, batchTime, delay);
    }

    /** Cores that one operation of one instance uses on a CPU. */
    public int threadsOfAnInstance() {
        return threads > 0 ? threads : Math.max(1, Runtime.getRuntime().availableProcessors() / instances);
    }
}
