package dev.darkroom.score;

import dev.darkroom.batching.Capacity;
import dev.darkroom.batching.Work;
import dev.darkroom.image.file.ImageHeader;
import dev.darkroom.image.file.ImageTooLargeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What measuring asks of the service, by the pace of the measures so far. */
final class MeasuringCost {
    /** Of an RGB pair in float64 with the copies that a convention and a difference make. */
    private static final long BYTES_PER_PIXEL = 3 * 96;
    /** Of a network's features of both pictures; they are computed in windows of at most so many pixels. */
    private static final long FEATURE_BYTES_PER_PIXEL = 2_000;
    private static final long WINDOW_PIXELS = 736 * 736;

    private final MeasurePace pace = new MeasurePace();
    private final Capacity capacity;

    MeasuringCost(Capacity capacity) {
        this.capacity = capacity;
    }

    MeasurePace pace() {
        return pace;
    }

    /** @throws ImageTooLargeException if there would not be room for it if there were nothing else */
    Work of(ImageHeader reference, List<ImageHeader> candidates, ScoreRequest request) {
        long pixels = reference.pixels();
        long bytes = reference.decodedBytes() + candidates.stream().mapToLong(ImageHeader::decodedBytes).sum() + BYTES_PER_PIXEL * pixels;
        if (request.metrics().stream().anyMatch(Metric::runsANetwork)) {
            bytes += FEATURE_BYTES_PER_PIXEL * Math.min(pixels, WINDOW_PIXELS);
        }
        Duration each = request.metrics().stream().map(metric -> pace.of(metric, pixels)).reduce(Duration.ZERO, Duration::plus);
        var work = new Work(pixels * (1 + candidates.size()), bytes, each.multipliedBy(candidates.size()));
        if (work.pixels() > capacity.pixels() || work.bytes() > capacity.bytes()) {
            throw new ImageTooLargeException(String.format(Locale.ROOT, "comparing these images takes %.1f megapixels and %.2f GB of memory, "
                    + "there are %.1f and %.2f", work.pixels() / 1e6, work.bytes() / 1e9, capacity.pixels() / 1e6, capacity.bytes() / 1e9));
        }
        return work;
    }
}
