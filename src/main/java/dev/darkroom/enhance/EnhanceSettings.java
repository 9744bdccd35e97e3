package dev.darkroom.enhance;

import dev.darkroom.batching.Capacity;
import dev.darkroom.image.ImageLimits;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * The service's limits.
 *
 * @param limits          of an upload's dimensions
 * @param capacity        how much admitted work there may be at a time
 * @param timeout         after which a request is given up
 * @param codecThreads    images decoded or encoded at a time
 * @param decoderProcesses apart from this one, in which pixels are decoded; 0: in this one
 */
public record EnhanceSettings(ImageLimits limits, Capacity capacity, Duration timeout, int codecThreads, int decoderProcesses) {

    public EnhanceSettings(ImageLimits limits, Capacity capacity, Duration timeout, int codecThreads) {
        this(limits, capacity, timeout, codecThreads, 0);
    }

    public EnhanceSettings {
        if (capacity.pixels() < limits.maxMegapixels() * 1e6) {
            throw new IllegalArgumentException("the queue must have room for the largest image that is accepted");
        }
        if (codecThreads < 1) {
            throw new IllegalArgumentException("at least one codec thread is needed");
        }
    }

    public static EnhanceSettings defaults() {
        return new EnhanceSettings(new ImageLimits(30_000, 30_000, 100), new Capacity(400_000_000, halfOfTheMemory(), Duration.ofMinutes(1)), Duration.ofMinutes(2),
                Math.max(2, Runtime.getRuntime().availableProcessors()));
    }

    /** What uploads and pixels may take together; the rest is the networks' and the heap's. */
    public static long halfOfTheMemory() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getTotalMemorySize() / 2;
    }
}
