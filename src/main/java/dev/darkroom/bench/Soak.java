package dev.darkroom.bench;

import dev.darkroom.bench.load.Bench;
import dev.darkroom.bench.load.ClosedLoop;
import dev.darkroom.bench.load.ResidentMemory;
import dev.darkroom.bench.report.Finding;
import dev.darkroom.bench.report.Table;
import dev.darkroom.bench.report.Trend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Saturation for a long time: does memory grow? */
final class Soak {
    private static final int INSIDE = 16;
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final int LEAST_SAMPLES = 8;

    private final Bench bench;
    private final Duration time;

    Soak(Bench bench, Duration time) {
        this.bench = bench;
        this.time = time;
    }

    /** Resident memory at a moment. */
    record Sample(double seconds, double megabytes) {}

    /** Means of the first and the last quarter of the samples, and the slope of all of the second half. */
    record Found(double seconds, double megapixelsPerSecond, double firstQuarterMegabytes, double lastQuarterMegabytes,
            double megabytesPerHour, double peakMegabytes, List<Sample> samples) implements Finding {
        @Override
        public List<Table> tables() {
            return List.of(Table.of("soak: %.0f s at saturation, resident memory".formatted(seconds), "", "value")
                    .row("first quarter, mean MB", firstQuarterMegabytes)
                    .row("last quarter, mean MB", lastQuarterMegabytes)
                    .row("slope of the second half, MB/h", megabytesPerHour)
                    .row("peak MB", peakMegabytes)
                    .row("throughput, MP/s", megapixelsPerSecond));
        }
    }

    Found run() throws InterruptedException {
        List<Sample> samples = new ArrayList<>();
        long interval = Math.min(INTERVAL.toNanos(), time.toNanos() / LEAST_SAMPLES);
        long began = System.nanoTime();
        ResidentMemory.resetPeak();
        var clock = Executors.newSingleThreadScheduledExecutor();
        ClosedLoop.Run run;
        try {
            clock.scheduleAtFixedRate(() -> samples.add(sample(began)), 0, interval, TimeUnit.NANOSECONDS);
            run = new ClosedLoop(INSIDE, picture -> bench.enhance(picture).result()).during(bench.album().deck(), time);
        } finally {
            clock.shutdown();
            clock.awaitTermination(1, TimeUnit.MINUTES);
        }
        return found(run.time(), run.megapixelsPerSecond(bench.album().megapixelsPerDeck()), samples);
    }

    private static Sample sample(long began) {
        return new Sample((System.nanoTime() - began) / 1e9, ResidentMemory.megabytes());
    }

    static Found found(Duration time, double megapixelsPerSecond, List<Sample> samples) {
        int quarter = Math.max(1, samples.size() / 4);
        List<Sample> secondHalf = samples.subList(samples.size() / 2, samples.size());
        return new Found(time.toNanos() / 1e9, megapixelsPerSecond,
                Trend.mean(megabytes(samples.subList(0, quarter))),
                Trend.mean(megabytes(samples.subList(samples.size() - quarter, samples.size()))),
                3600 * Trend.of(secondHalf.stream().map(Sample::seconds).toList(), megabytes(secondHalf)).slopePerSecond(),
                ResidentMemory.peakMegabytes(), List.copyOf(samples));
    }

    private static List<Double> megabytes(List<Sample> samples) {
        return samples.stream().map(Sample::megabytes).toList();
    }
}
