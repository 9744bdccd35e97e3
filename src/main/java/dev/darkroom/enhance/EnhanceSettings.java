package dev.darkroom.enhance;

import dev.darkroom.batching.Capacity;
import dev.darkroom.batching.Work;
import dev.darkroom.image.ImageLimits;
import dev.darkroom.image.file.ImageTooLargeException;
import dev.darkroom.memory.ProcessMemory;
import java.time.Duration;
import java.util.Locale;

/**
 * The service's limits.
 *
 * @param limits          of an upload's dimensions
 * @param capacity        how much admitted work there may be at a time
 * @param timeout         after which a request is given up
 * @param codecThreads    images decoded or encoded at a time
 * @param decoderProcesses apart from this one, in which pixels are decoded; 0: in this one
 * @param halo            of tiles of pictures of 8 bits; deeper ones are always exact
 */
public record EnhanceSettings(ImageLimits limits, Capacity capacity, Duration timeout, int codecThreads, int decoderProcesses, Halo halo) {

    public EnhanceSettings(ImageLimits limits, Capacity capacity, Duration timeout, int codecThreads) {
        this(limits, capacity, timeout, codecThreads, 0, Halo.MEASURED);
    }

    public EnhanceSettings {
        if (capacity.pixels() < limits.maxMegapixels() * 1e6) {
            throw new IllegalArgumentException("the queue must have room for the largest image that is accepted");
        }
        if (codecThreads < 1) {
            throw new IllegalArgumentException("at least one codec thread is needed");
        }
    }

    /**
     * The work itself.
     *
     * @throws ImageTooLargeException if there would not be room for it if there were nothing else
     */
    public Work fitting(Work work) {
        if (work.pixels() > capacity.pixels() || work.bytes() > capacity.bytes()) {
            throw new ImageTooLargeException(String.format(Locale.ROOT, "this takes %.1f megapixels and %.2f GB of memory, there are %.1f and %.2f",
                    work.pixels() / 1e6, work.bytes() / 1e9, capacity.pixels() / 1e6, capacity.bytes() / 1e9));
        }
        return work;
    }

    public static EnhanceSettings defaults() {
        return new EnhanceSettings(new ImageLimits(30_000, 30_000, 100), new Capacity(400_000_000, ProcessMemory.ofThisProcess().forPictures(), Duration.ofMinutes(1)), Duration.ofMinutes(2),
                Math.max(2, Runtime.getRuntime().availableProcessors()));
    }
}
