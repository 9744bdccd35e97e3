package dev.darkroom.bench;

import dev.darkroom.bench.load.Arrivals;
import dev.darkroom.bench.load.Bench;
import dev.darkroom.bench.load.LoadSummary;
import dev.darkroom.bench.picture.Picture;
import dev.darkroom.bench.picture.SizeClass;
import dev.darkroom.bench.report.Finding;
import dev.darkroom.bench.report.Percentiles;
import dev.darkroom.bench.report.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The overload run once more, in virtual time: what the simulation foretells against what was measured. */
final class Prediction {
    private final Bench bench;
    private final double capacity;
    private final Duration timeout;

    Prediction(Bench bench, double capacity, Duration timeout) {
        this.bench = bench;
        this.capacity = capacity;
        this.timeout = timeout;
    }

    /** One load, foretold and measured. */
    record Line(double ofCapacity, double foretoldGoodput, double measuredGoodput, long foretoldRefusals, long measuredRefusals,
            Map<String, Percentiles> foretold, Map<String, Percentiles> measured) {}

    record Found(double slowdown, List<Line> lines) implements Finding {
        @Override
        public List<Table> tables() {
            var rates = Table.of("simulation against measurement (batches take %.2f times their calibrated time)".formatted(slowdown),
                    "load", "goodput MP/s", "measured", "ratio", "refused", "measured");
            lines.forEach(line -> rates.row(Table.percent(line.ofCapacity), line.foretoldGoodput, line.measuredGoodput,
                    line.foretoldGoodput / line.measuredGoodput, line.foretoldRefusals, line.measuredRefusals));
            var latencies = Table.of("median and 99th percentile of latency (ms)", "load", "size", "p50", "measured", "p99", "measured");
            lines.forEach(line -> line.foretold.forEach((size, foretold) -> latencies.row(Table.percent(line.ofCapacity), size,
                    foretold.p50Millis(), line.measured.get(size).p50Millis(), foretold.p99Millis(), line.measured.get(size).p99Millis())));
            return List.of(rates, latencies);
        }
    }

    Found run(Overload.Found measured) {
        double slowdown = bench.pipeline().engine().slowdown();
        List<SizeClass> deck = bench.album().deck().stream().map(Picture::size).toList();
        var forecast = new Forecast(bench.checkpoint(), slowdown, deck);
        double megapixelsPerPicture = bench.album().megapixelsPerDeck() / deck.size();
        List<Line> lines = new ArrayList<>();
        for (Overload.Load load : measured.loads()) {
            List<Long> arrivals = Arrivals.nanos(load.ofCapacity() * capacity / megapixelsPerPicture, bench.time(), bench.seed());
            LoadSummary foretold = forecast.run(arrivals, bench.time(), timeout, Forecast.Deployment.single(),
                    new Timeline(bench.time()), bench.seed()).summary();
            lines.add(new Line(load.ofCapacity(), foretold.goodput(), load.summary().goodput(), refusals(foretold), refusals(load.summary()),
                    foretold.latency(), load.summary().latency()));
        }
        return new Found(slowdown, lines);
    }

    private static long refusals(LoadSummary summary) {
        return summary.refusals().values().stream().mapToLong(count -> count).sum();
    }
}
