package dev.darkroom.bench;

import dev.darkroom.bench.load.AnswerCheck;
import dev.darkroom.bench.load.Arrivals;
import dev.darkroom.bench.load.Bench;
import dev.darkroom.bench.load.LoadSummary;
import dev.darkroom.bench.load.OpenLoop;
import dev.darkroom.bench.load.Outcome;
import dev.darkroom.bench.load.ResidentMemory;
import dev.darkroom.bench.report.Finding;
import dev.darkroom.bench.report.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The whole service under less load than it can take, and under much more. */
final class Overload {
    private static final double[] LOADS = {0.5, 0.9, 2, 10};

    private final Bench bench;
    private final double capacity;
    private final Duration timeout;

    /** @param capacity megapixels a second, as {@link WithCodecs} found it */
    Overload(Bench bench, double capacity, Duration timeout) {
        this.bench = bench;
        this.capacity = capacity;
        this.timeout = timeout;
    }

    /** @param ofCapacity how much arrives */
    record Load(double ofCapacity, double ratioToPeak, double residentMegabytes, double peakMegabytes, LoadSummary summary) {}

    /** @param peak megapixels a second */
    record Found(double peak, double timeoutSeconds, List<Load> loads) implements Finding {

        /** Answers that are another picture's, failures, and requests that were let in and forgotten. */
        long faults() {
            return loads.stream().map(Load::summary).mapToLong(load -> load.wrong() + load.failed() + load.lost()).sum();
        }

        @Override
        public List<Table> tables() {
            return List.of(rates(), endings(), latencies());
        }

        private Table rates() {
            var table = Table.of("open loop with codecs (MP/s; peak %.2f, timeout %.0f s)".formatted(peak, timeoutSeconds),
                    "load", "offered", "goodput", "of peak", "retry p50 s", "p99 s", "max s", "resident MB", "peak MB");
            loads.forEach(load -> {
                LoadSummary s = load.summary;
                table.row(Table.percent(load.ofCapacity), s.offered(), s.goodput(), load.ratioToPeak, s.retryAfter().p50Millis() / 1e3,
                        s.retryAfter().p99Millis() / 1e3, s.retryAfter().maxMillis() / 1e3, load.residentMegabytes, load.peakMegabytes);
            });
            return table;
        }

        private Table endings() {
            var table = Table.of("what became of them", "load", "arrived", "answered", "late", "rounded", "wrong", "expired", "failed", "lost", "refused");
            loads.forEach(load -> {
                LoadSummary s = load.summary;
                String refused = s.refusals().entrySet().stream().map(e -> e.getValue() + " " + e.getKey()).collect(Collectors.joining(", "));
                table.row(Table.percent(load.ofCapacity), s.arrivals(), s.answered(), s.late(), s.rounded(), s.wrong(), s.expired(), s.failed(),
                        s.lost(), refused.isEmpty() ? "0" : refused);
            });
            return table;
        }

        private Table latencies() {
            var table = Table.of("latency from the intended arrival (ms)", "load", "size", "answers", "p50", "p90", "p99", "max");
            loads.forEach(load -> load.summary.latency().forEach((size, p) -> table.row(Table.percent(load.ofCapacity), size, p.count(),
                    p.p50Millis(), p.p90Millis(), p.p99Millis(), p.maxMillis())));
            return table;
        }
    }

    Found run() throws InterruptedException {
        List<Load> loads = new ArrayList<>();
        AnswerCheck check = AnswerCheck.of(bench);
        try (var loop = new OpenLoop(bench, check, timeout)) {
            for (double ofCapacity : LOADS) {
                loads.add(load(loop, ofCapacity));
            }
        }
        return new Found(capacity, timeout.toMillis() / 1e3, loads);
    }

    private Load load(OpenLoop loop, double ofCapacity) throws InterruptedException {
        double megapixelsPerPicture = bench.album().megapixelsPerDeck() / bench.album().deck().size();
        List<Long> arrivals = Arrivals.nanos(ofCapacity * capacity / megapixelsPerPicture, bench.time(), bench.seed());
        ResidentMemory.resetPeak();
        List<Outcome> outcomes = loop.run(arrivals);
        LoadSummary summary = LoadSummary.of(outcomes, bench.time(), timeout, bench.album().mix().classes());
        return new Load(ofCapacity, summary.goodput() / capacity, ResidentMemory.megabytes(), ResidentMemory.peakMegabytes(), summary);
    }
}
