package dev.darkroom.enhance;

import java.time.Duration;

/** How long a step takes for each pixel, learned from the images that came through. Thread-safe. */
final class PixelPace {
    private static final double MEMORY = 0.95;
    private static final double MOST = 8;

    private double nanos;
    private double pixels = 1e6;

    /** @param nanosPerPixel until there is something to learn from */
    PixelPace(double nanosPerPixel) {
        nanos = nanosPerPixel * pixels;
    }

    /** One image is no reason to turn others away: what took much longer than usual counts as a few times as long. */
    synchronized void observe(long pixelsOfImage, long nanosOfImage) {
        nanos = MEMORY * nanos + Math.min(nanosOfImage, MOST * nanos / pixels * pixelsOfImage);
        pixels = MEMORY * pixels + pixelsOfImage;
    }

    synchronized Duration of(long pixelsOfImage) {
        return Duration.ofNanos((long) (nanos / pixels * pixelsOfImage));
    }
}
