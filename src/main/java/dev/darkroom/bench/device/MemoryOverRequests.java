package dev.darkroom.bench.device;

import dev.darkroom.bench.load.Bench;
import dev.darkroom.bench.load.ClosedLoop;
import dev.darkroom.bench.report.Finding;
import dev.darkroom.bench.report.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;

/** Whole requests of mixed sizes, one deck after another: does the device's memory grow? */
final class MemoryOverRequests {
    private static final int INSIDE = 16;
    private static final int SAMPLES = 64;

    private final Bench bench;
    private final long requests;
    private final DoubleSupplier megabytes;

    /** @param megabytes in use at the moment */
    MemoryOverRequests(Bench bench, long requests, DoubleSupplier megabytes) {
        this.bench = bench;
        this.requests = requests;
        this.megabytes = megabytes;
    }

    /** What was in use after so many requests. */
    record Sample(long requests, double megabytes) {}

    /**
     * @param growthMegabytes the most of the last quarter less the most of the second: by then every shape has been seen
     * @param megapixelsPerSecond with codecs
     */
    record Found(long requests, double megapixelsPerSecond, double firstMegabytes, double mostMegabytes, double growthMegabytes,
            List<Sample> samples) implements Finding {
        @Override
        public List<Table> tables() {
            return List.of(Table.of("memory over %d requests of mixed sizes (MB)".formatted(requests), "", "value")
                    .row("after the first", firstMegabytes)
                    .row("at most", mostMegabytes)
                    .row("growth from the second quarter to the last", growthMegabytes)
                    .note("with codecs, %d pictures inside: %.3g MP/s", INSIDE, megapixelsPerSecond));
        }
    }

    Found run() throws InterruptedException {
        int deck = bench.album().deck().size();
        int decks = (int) Math.max(1, (requests + deck - 1) / deck);
        long every = Math.max(1, (long) decks * deck / SAMPLES);
        List<Sample> samples = Collections.synchronizedList(new ArrayList<>());
        var answered = new AtomicLong();
        ClosedLoop.Run run = new ClosedLoop(INSIDE, picture -> bench.enhance(picture).result().whenComplete((result, failure) -> {
            long count = answered.incrementAndGet();
            if (count == 1 || count % every == 0) {
                samples.add(new Sample(count, megabytes.getAsDouble()));
            }
        })).decks(bench.album().deck(), decks);
        return found(answered.get(), run.megapixelsPerSecond(bench.album().megapixelsPerDeck()), List.copyOf(samples));
    }

    static Found found(long requests, double megapixelsPerSecond, List<Sample> samples) {
        int quarter = Math.max(1, samples.size() / 4);
        double second = most(samples.subList(Math.min(quarter, samples.size() - 1), Math.max(quarter + 1, 2 * quarter)));
        double last = most(samples.subList(samples.size() - quarter, samples.size()));
        return new Found(requests, megapixelsPerSecond, samples.get(0).megabytes, most(samples), last - second, samples);
    }

    private static double most(List<Sample> samples) {
        return samples.stream().mapToDouble(Sample::megabytes).max().orElse(Double.NaN);
    }
}
