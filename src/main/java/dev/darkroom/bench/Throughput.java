package dev.darkroom.bench;

import dev.darkroom.inference.TileShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The service without codecs, saturated, against the bare engine: the same pictures, the same tiles, the same JVM, in turns.
 *
 * <p>Each round runs all three, in the opposite order of the round before, so that a machine whose speed drifts favours none.
 */
final class Throughput {
    /** Enough for full batches of small pictures' shapes. */
    private static final int INSIDE = 64;
    private static final int LEAST_ROUNDS = 3;
    private static final int WANTED_RUNS = 12;

    private final Bench bench;
    private final BareDeck bare;
    private final ClosedLoop service;

    Throughput(Bench bench) {
        this.bench = bench;
        bare = new BareDeck(bench);
        service = new ClosedLoop(INSIDE, new ServicePath(bench)::restore);
    }

    /** Output megapixels a second. */
    record Round(double bare, double bareBest, double service) {
        double ratio() {
            return service / bare;
        }

        double ratioToBest() {
            return service / bareBest;
        }
    }

    /** Tiles of a shape in a deck, and together in a batch. */
    record Shape(int width, int height, int tiles, int batch, int bestBatch) {}

    /** Rates in output megapixels a second; ratios are the service's to the bare engine's in the same round. */
    record Found(Spread bare, Spread bareBest, Spread service, Spread ratio, Spread ratioToBest, int decksPerRun,
            List<Shape> shapes, List<Round> rounds) implements Finding {

        @Override
        public List<Table> tables() {
            var rates = Table.of("throughput, codecs apart (output MP/s, %d rounds)".formatted(rounds.size()), "", "median", "lowest", "highest")
                    .row("bare engine, the service's batches", bare.median(), bare.lowest(), bare.highest())
                    .row("bare engine, its fastest batches", bareBest.median(), bareBest.lowest(), bareBest.highest())
                    .row("service, %d pictures inside".formatted(INSIDE), service.median(), service.lowest(), service.highest())
                    .row("ratio in the same round", ratio.median(), ratio.lowest(), ratio.highest())
                    .row("ratio to the fastest batches", ratioToBest.median(), ratioToBest.lowest(), ratioToBest.highest());
            var batches = Table.of("tiles", "width x height", "in a deck", "batch", "fastest batch");
            shapes.forEach(s -> batches.row(s.width + " x " + s.height, s.tiles, s.batch, s.bestBatch));
            return List.of(rates, batches);
        }
    }

    Found run() throws InterruptedException {
        Map<TileShape, Integer> batches = bare.recommended();
        Map<TileShape, Integer> best = bare.fastest();
        int decks = decksPerRun(bare.run(batches, 1));
        service.decks(bench.album().deck(), 1);
        List<Round> rounds = new ArrayList<>();
        long began = System.nanoTime();
        while (rounds.size() < LEAST_ROUNDS || System.nanoTime() - began < bench.time().toNanos()) {
            rounds.add(rounds.size() % 2 == 0 ? round(batches, best, decks) : roundBackwards(batches, best, decks));
        }
        return new Found(spread(rounds, Round::bare), spread(rounds, Round::bareBest), spread(rounds, Round::service),
                spread(rounds, Round::ratio), spread(rounds, Round::ratioToBest), decks, shapes(batches, best), rounds);
    }

    /** Long enough for the last pictures, whose batches are not full, not to count. */
    private int decksPerRun(Duration ofOne) {
        return (int) Math.max(1, Math.ceil((double) bench.time().toNanos() / WANTED_RUNS / ofOne.toNanos()));
    }

    private Round round(Map<TileShape, Integer> batches, Map<TileShape, Integer> best, int decks) throws InterruptedException {
        double bareRate = rate(bare.run(batches, decks), decks);
        double bareBestRate = batches.equals(best) ? bareRate : rate(bare.run(best, decks), decks);
        double serviceRate = rate(service.decks(bench.album().deck(), decks).time(), decks);
        return new Round(bareRate, bareBestRate, serviceRate);
    }

    private Round roundBackwards(Map<TileShape, Integer> batches, Map<TileShape, Integer> best, int decks) throws InterruptedException {
        double serviceRate = rate(service.decks(bench.album().deck(), decks).time(), decks);
        double bareBestRate = rate(bare.run(best, decks), decks);
        double bareRate = batches.equals(best) ? bareBestRate : rate(bare.run(batches, decks), decks);
        return new Round(bareRate, bareBestRate, serviceRate);
    }

    private double rate(Duration time, int decks) {
        int scale = bench.checkpoint().manifest().scale();
        return decks * bench.album().megapixelsPerDeck() * scale * scale / (time.toNanos() / 1e9);
    }

    private static Spread spread(List<Round> rounds, ToDoubleFunction<Round> value) {
        return Spread.of(rounds.stream().map(value::applyAsDouble).toList());
    }

    private List<Shape> shapes(Map<TileShape, Integer> batches, Map<TileShape, Integer> best) {
        return bare.tiles().entrySet().stream().map(e -> new Shape(e.getKey().width(), e.getKey().height(), e.getValue(),
                batches.get(e.getKey()), best.get(e.getKey()))).toList();
    }
}
