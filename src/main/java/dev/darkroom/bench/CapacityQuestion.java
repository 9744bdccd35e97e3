package dev.darkroom.bench;

import dev.darkroom.batching.simulation.Autoscaling;
import dev.darkroom.inference.TorchScriptCheckpoint;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --simulate}: how many services of how many devices such a load takes, by the calibration of this machine. */
final class CapacityQuestion {
    @Option(names = "--simulate", description = "Measure nothing: simulate services with this machine's calibrated speed.")
    boolean wanted;

    @Option(names = "--rate", paramLabel = "MP/S", defaultValue = "1", description = "What arrives when simulating, in megapixels a second: ${DEFAULT-VALUE}.")
    private double megapixelsPerSecond;

    @Option(names = "--for", paramLabel = "TIME", defaultValue = "30m", converter = Span.class, description = "How long it arrives: ${DEFAULT-VALUE}.")
    private Duration arriving;

    @Option(names = "--devices", defaultValue = "1", description = "Devices of a simulated service: ${DEFAULT-VALUE}.")
    private int devices;

    @Option(names = "--services", paramLabel = "MIN[..MAX]", defaultValue = "1", description = "How many services; with a range they scale: ${DEFAULT-VALUE}.")
    private String services;

    @Option(names = "--queued-seconds", paramLabel = "TIME", defaultValue = "10s", converter = Span.class,
            description = "Queued work for each service at which they scale: ${DEFAULT-VALUE}.")
    private Duration target;

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
        List<SizeClass> deck = mix.deck(seed);
        double megapixelsPerPicture = deck.stream().mapToDouble(SizeClass::megapixels).average().orElseThrow();
        List<Long> arrivals = Arrivals.nanos(megapixelsPerSecond / megapixelsPerPicture, arriving, seed);
        String[] range = services.split("\\.\\.");
        int min = Integer.parseInt(range[0]);
        int max = Integer.parseInt(range[range.length - 1]);
        var autoscaling = new Autoscaling(min, max, target, startup, Duration.ofSeconds(15), Duration.ofMinutes(5));
        return new Found(services, devices, new Forecast(checkpoint, 1, deck).run(arrivals, arriving, timeout, devices, autoscaling, seed));
    }
}
