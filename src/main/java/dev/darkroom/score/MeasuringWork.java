package dev.darkroom.score;

/** How much there is to calculate for a metric: multiply-adds of its network for both pictures, or pixels where it has none. */
final class MeasuringWork {
    /** A call on fewer pixels takes as long as one on so many. */
    private static final long LEAST_PIXELS = 1 << 16;
    /** Of semantic statistics: pixels from one window to the next, and how many windows there are at most (docs/metrics.md). */
    private static final long STRIDE_OF_WINDOWS = 56;
    private static final long WINDOWS = 256;
    private static final double PER_WINDOW = 40e9;

    private MeasuringWork() {}

    static double of(Metric metric, long pixels) {
        long counted = Math.max(LEAST_PIXELS, pixels);
        if (!metric.runsANetwork()) {
            return counted;
        }
        return metric.name().equals("d2sm") ? PER_WINDOW * Math.min(WINDOWS, counted / (STRIDE_OF_WINDOWS * STRIDE_OF_WINDOWS))
                : counted * multiplyAddsPerPixel(metric.name());
    }

    /** Counted from the layers, of pictures of 256 x 256; docs/metrics.md has them in its table. */
    private static double multiplyAddsPerPixel(String name) {
        return (switch (name) {
            case "lpips" -> 2e9;
            case "lpips-squeeze" -> 1e9;
            case "perceptual-l2" -> 12e9;
            case "lpips-vgg", "dists" -> 40e9;
            case "mdf-sr", "mdf-jpeg", "mdf-own" -> 74e9;
            default -> 36e9;
        }) / LEAST_PIXELS;
    }
}
