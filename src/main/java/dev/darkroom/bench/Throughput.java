package dev.darkroom.bench;

import dev.darkroom.bench.load.Bench;
import dev.darkroom.bench.load.ClosedLoop;
import dev.darkroom.bench.load.ServicePath;
import dev.darkroom.bench.picture.Picture;
import dev.darkroom.bench.report.Finding;
import dev.darkroom.bench.report.Spread;
import dev.darkroom.bench.report.Table;
import dev.darkroom.inference.checkpoint.TileShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The service without codecs, saturated, against the bare engine: the same pictures, the same tiles, the same JVM, in turns; and against
 * the bare network at its fastest tile, of which every pixel counts, as no halo's does.
 *
 * <p>A round is the whole deck, a hand of pictures at a time: each hand goes through all of them, in the opposite order of the hand before,
 * so that a machine whose speed drifts favours none.
 */
public final class Throughput {
    /** Enough for full batches of small pictures' shapes. */
    private static final int INSIDE = 64;
    private static final int LEAST_ROUNDS = 3;
    private static final int WANTED_RUNS = 12;
    /** Speed drifts less than that fast. */
    private static final Duration HAND = Duration.ofSeconds(10);
    private static final int MOST_HANDS = 5;

    private final Bench bench;
    private final BareDeck bare;
    private final ClosedLoop service;

    /** Some of the deck's pictures, and their tiles. */
    private record Hand(List<Picture> pictures, BareDeck tiles) {}

    public Throughput(Bench bench) {
        this.bench = bench;
        bare = new BareDeck(bench, bench.album().deck());
        service = new ClosedLoop(INSIDE, new ServicePath(bench)::restore);
    }

    /** Output megapixels a second. */
    record Round(double bare, double bareBest, double service, double network) {
        double ratio() {
            return service / bare;
        }

        double ratioToBest() {
            return service / bareBest;
        }

        double ratioToNetwork() {
            return service / network;
        }
    }

    /** Tiles of a shape in a deck, and together in a batch. */
    record Shape(int width, int height, int tiles, int batch, int bestBatch) {}

    /** Rates in output megapixels a second; ratios are the service's to the bare engine's in the same round. */
    record Found(Spread bare, Spread bareBest, Spread service, Spread ratio, Spread ratioToBest, Spread network, Spread ratioToNetwork,
            String fastestTile, int decksPerRound, int hands, List<Shape> shapes, List<Round> rounds) implements Finding {

        @Override
        public List<Table> tables() {
            var rates = Table.of("throughput, codecs apart (output MP/s, %d rounds)".formatted(rounds.size()), "", "median", "lowest", "highest")
                    .row("bare engine, the service's batches", bare.median(), bare.lowest(), bare.highest())
                    .row("bare engine, its fastest batches", bareBest.median(), bareBest.lowest(), bareBest.highest())
                    .row("service, %d pictures inside".formatted(INSIDE), service.median(), service.lowest(), service.highest())
                    .row("ratio in the same round", ratio.median(), ratio.lowest(), ratio.highest())
                    .row("ratio to the fastest batches", ratioToBest.median(), ratioToBest.lowest(), ratioToBest.highest())
                    .row("bare network, tiles of %s without halo".formatted(fastestTile), network.median(), network.lowest(), network.highest())
                    .row("ratio to that in the same round", ratioToNetwork.median(), ratioToNetwork.lowest(), ratioToNetwork.highest());
            var batches = Table.of("tiles", "width x height", "in a deck", "batch", "fastest batch");
            shapes.forEach(s -> batches.row(s.width + " x " + s.height, s.tiles, s.batch, s.bestBatch));
            return List.of(rates, batches);
        }
    }

    public Found run() throws InterruptedException {
        Map<TileShape, Integer> batches = bare.recommended();
        Map<TileShape, Integer> best = bare.fastest();
        FastestTile network = bare.fastestTile();
        Duration ofOne = bare.run(batches, 1);
        int decks = (int) Math.max(1, Math.ceil((double) bench.time().toNanos() / WANTED_RUNS / ofOne.toNanos()));
        List<Hand> hands = hands(decks > 1 ? 1 : (int) Math.max(1, Math.min(MOST_HANDS, ofOne.toNanos() / HAND.toNanos())));
        service.decks(bench.album().deck(), 1);
        List<Round> rounds = new ArrayList<>();
        long began = System.nanoTime();
        while (rounds.size() < LEAST_ROUNDS || System.nanoTime() - began < bench.time().toNanos()) {
            rounds.add(round(hands, batches, best, network, decks, rounds.size()));
        }
        return new Found(spread(rounds, Round::bare), spread(rounds, Round::bareBest), spread(rounds, Round::service),
                spread(rounds, Round::ratio), spread(rounds, Round::ratioToBest), spread(rounds, Round::network),
                spread(rounds, Round::ratioToNetwork), network.toString(), decks, hands.size(), shapes(batches, best), rounds);
    }

    private List<Hand> hands(int count) {
        List<Picture> deck = bench.album().deck();
        return IntStream.range(0, count)
                .mapToObj(hand -> deck.subList(hand * deck.size() / count, (hand + 1) * deck.size() / count))
                .map(pictures -> new Hand(pictures, new BareDeck(bench, pictures))).toList();
    }

    private Round round(List<Hand> hands, Map<TileShape, Integer> batches, Map<TileShape, Integer> best, FastestTile network, int decks, int round)
            throws InterruptedException {
        Duration bareTime = Duration.ZERO;
        Duration bareBestTime = Duration.ZERO;
        Duration serviceTime = Duration.ZERO;
        List<Double> ofNetwork = new ArrayList<>();
        for (int i = 0; i < hands.size(); i++) {
            Hand hand = hands.get(i);
            boolean serviceFirst = (i + round) % 2 == 1;
            Duration before = serviceFirst ? service.decks(hand.pictures, decks).time() : Duration.ZERO;
            Duration ofBare = hand.tiles.run(batches, decks);
            bareBestTime = bareBestTime.plus(batches.equals(best) ? ofBare : hand.tiles.run(best, decks));
            ofNetwork.add(network.rate(ofBare.dividedBy(2)));
            Duration after = serviceFirst ? Duration.ZERO : service.decks(hand.pictures, decks).time();
            bareTime = bareTime.plus(ofBare);
            serviceTime = serviceTime.plus(before).plus(after);
        }
        return new Round(rate(bareTime, decks), rate(bareBestTime, decks), rate(serviceTime, decks),
                ofNetwork.stream().mapToDouble(rate -> rate).average().orElseThrow());
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
