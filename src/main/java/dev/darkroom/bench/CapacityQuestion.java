package dev.darkroom.bench;

import dev.darkroom.batching.Capacity;
import dev.darkroom.bench.load.Arrivals;
import dev.darkroom.bench.load.LoadShape;
import dev.darkroom.bench.load.LoadSummary;
import dev.darkroom.bench.load.Span;
import dev.darkroom.bench.picture.Mix;
import dev.darkroom.bench.picture.SizeClass;
import dev.darkroom.bench.report.Finding;
import dev.darkroom.bench.report.Table;
import dev.darkroom.bench.simulation.Autoscaling;
import dev.darkroom.enhance.EnhanceSettings;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import picocli.CommandLine.Option;

/** {@code --simulate}: how many services of how many devices such a load takes, by the calibration of this machine. */
final class CapacityQuestion {
    private static final int INTERVALS = 240;

    @Option(names = "--simulate", description = "Measure nothing: simulate services with this machine's calibrated speed.")
    boolean wanted;

    @Option(names = "--rate", paramLabel = "MP/S", defaultValue = "1", description = "What arrives when simulating, in megapixels a second: ${DEFAULT-VALUE}.")
    private double megapixelsPerSecond;

    @Option(names = "--for", paramLabel = "TIME", defaultValue = "30m", converter = Span.class, description = "How long it arrives: ${DEFAULT-VALUE}.")
    private Duration arriving;

    @Option(names = "--shape", paramLabel = "SHAPE", defaultValue = "steady",
            description = "steady; day: a wave with seven times as much at noon as at night; spike: five times the rate for a twentieth of the time: ${DEFAULT-VALUE}.")
    private LoadShape shape;

    @Option(names = "--speed", paramLabel = "FACTOR", defaultValue = "1", description = "How many times as fast as this machine the devices are: ${DEFAULT-VALUE}.")
    private double speed;

    @Option(names = "--plot", paramLabel = "FILE", description = "Also draw what happened when, as an SVG.")
    private Path plot;

    @Option(names = "--devices", defaultValue = "1", description = "Devices of a simulated service: ${DEFAULT-VALUE}.")
    private int devices;

    @Option(names = "--services", paramLabel = "MIN[..MAX]", defaultValue = "1", description = "How many services; with a range they scale: ${DEFAULT-VALUE}.")
    private String services;

    @Option(names = "--queued-seconds", paramLabel = "TIME", defaultValue = "10s", converter = Span.class,
            description = "Queued work for each service at which they scale: ${DEFAULT-VALUE}.")
    private Duration target;

    @Option(names = "--queue-megapixels", paramLabel = "MP", defaultValue = "400",
            description = "Megapixels inside a service, at most; as darkroom.limits.queue-megapixels: ${DEFAULT-VALUE}.")
    private double queueMegapixels;

    @Option(names = "--startup", paramLabel = "TIME", defaultValue = "60s", converter = Span.class, description = "Until a new service takes requests: ${DEFAULT-VALUE}.")
    private Duration startup;

    record Found(String services, int devices, Forecast.Result result) implements Finding {
        @Override
        public List<Table> tables() {
            LoadSummary s = result.summary();
            var table = Table.of("simulated: services %s of %d device(s)".formatted(services, devices), "offered MP/s", "goodput MP/s",
                    "arrived", "answered", "expired", "refused", "services mean", "most");
            table.row(s.offered(), s.goodput(), s.arrivals(), s.answered(), s.expired(), s.refusals().toString(), result.meanServices(), result.mostServices());
            var latencies = Table.of("latency (ms)", "size", "answers", "p50", "p90", "p99", "max");
            s.latency().forEach((size, p) -> latencies.row(size, p.count(), p.p50Millis(), p.p90Millis(), p.p99Millis(), p.maxMillis()));
            return List.of(table, latencies);
        }
    }

    Found answer(TorchScriptCheckpoint checkpoint, Mix mix, Duration timeout, long seed) {
        double megapixelsPerPicture = mix.deck(seed).stream().mapToDouble(SizeClass::megapixels).average().orElseThrow();
        List<Long> arrivals = Arrivals.nanos(megapixelsPerSecond / megapixelsPerPicture, shape, arriving, seed);
        List<SizeClass> sizes = sizes(mix, arrivals.size(), seed);
        String[] range = services.split("\\.\\.");
        int min = Integer.parseInt(range[0]);
        int max = Integer.parseInt(range[range.length - 1]);
        var autoscaling = new Autoscaling(min, max, target, startup, Duration.ofSeconds(15), Duration.ofMinutes(5));
        var timeline = new Timeline(arriving.dividedBy(INTERVALS));
        // Bytes are not simulated: pixels and time are what fills first.
        var capacity = new Capacity((long) (queueMegapixels * 1e6), Long.MAX_VALUE, EnhanceSettings.defaults().capacity().backlog());
        var deployment = new Forecast.Deployment(devices, capacity, autoscaling);
        var result = new Forecast(checkpoint, 1 / speed, sizes).run(arrivals, arriving, timeout, deployment, timeline, seed);
        draw(timeline);
        return new Found(services, devices, result);
    }

    /** Decks shuffled anew each time: the same one over and over would deal each of several services always the same cards. */
    private static List<SizeClass> sizes(Mix mix, int count, long seed) {
        return LongStream.iterate(seed, next -> next + 1).boxed().flatMap(next -> mix.deck(next).stream()).limit(Math.max(1, count)).toList();
    }

    private void draw(Timeline timeline) {
        if (plot == null) {
            return;
        }
        try {
            String title = "%s, %.3g MP/s, %s services of %d device(s)".formatted(shape, megapixelsPerSecond, services, devices);
            Files.writeString(plot, timeline.plot(title, arriving));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
