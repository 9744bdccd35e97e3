package dev.darkroom.enhance;

import java.time.Duration;

/** How long decoding and encoding take, learned from the images that came through. Thread-safe. */
final class CodecPace {
    private static final double MEMORY = 0.95;

    /** 20 ns a pixel until there is something to learn from: between JPEG and PNG. */
    private double nanos = 20e6;
    private double pixels = 1e6;

    synchronized void observe(long pixelsOfImage, long nanosOfImage) {
        nanos = MEMORY * nanos + nanosOfImage;
        pixels = MEMORY * pixels + pixelsOfImage;
    }

    synchronized Duration of(long pixelsOfImage) {
        return Duration.ofNanos((long) (nanos / pixels * pixelsOfImage));
    }
}
