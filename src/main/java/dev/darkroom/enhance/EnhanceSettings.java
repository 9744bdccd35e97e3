package dev.darkroom.enhance;

import dev.darkroom.image.ImageLimits;
import java.time.Duration;

/**
 * The service's limits.
 *
 * @param limits          of an upload's dimensions
 * @param queueMegapixels how much admitted work there may be at a time
 * @param timeout         after which a request is given up
 * @param codecThreads    images decoded or encoded at a time
 */
public record EnhanceSettings(ImageLimits limits, double queueMegapixels, Duration timeout, int codecThreads) {

    public EnhanceSettings {
        if (queueMegapixels < limits.maxMegapixels()) {
            throw new IllegalArgumentException("the queue must have room for the largest image that is accepted");
        }
        if (codecThreads < 1) {
            throw new IllegalArgumentException("at least one codec thread is needed");
        }
    }

    public static EnhanceSettings defaults() {
        return new EnhanceSettings(new ImageLimits(30_000, 30_000, 100), 400, Duration.ofMinutes(2),
                Math.max(2, Runtime.getRuntime().availableProcessors()));
    }
}
