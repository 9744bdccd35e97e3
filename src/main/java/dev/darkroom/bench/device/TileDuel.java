package dev.darkroom.bench.device;

import dev.darkroom.batching.Deadline;
import dev.darkroom.bench.engine.BareLoop;
import dev.darkroom.bench.load.Bench;
import dev.darkroom.bench.load.ClosedLoop;
import dev.darkroom.bench.picture.Picture;
import dev.darkroom.bench.picture.SizeClass;
import dev.darkroom.bench.report.Spread;
import dev.darkroom.enhance.ImageTile;
import dev.darkroom.image.Raster;
import dev.darkroom.image.tile.Mirroring;
import dev.darkroom.image.tile.Region;
import dev.darkroom.image.tile.Tile;
import dev.darkroom.inference.InferenceEngine;
import dev.darkroom.inference.checkpoint.TileShape;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * Square tiles of one size through the bare engine, in batches of every size, and through the service without codecs, in turns.
 *
 * <p>Rates are in megapixels of answers a second, halos included.
 */
final class TileDuel implements AutoCloseable {
    private static final int ROUNDS = 3;
    /** Batches that wait, so that a worker always finds a full one. */
    private static final int INSIDE = 6;
    private static final int CHANNELS = 3;
    /** No device wants more; a column of them is a picture, which may not be higher than a format can say. */
    private static final int MOST_TILES = 128;
    private static final Duration NEVER = Duration.ofDays(1);
    private static final Runnable NOTHING = () -> {};

    private final Bench bench;
    private final TorchScriptCheckpoint checkpoint;
    private final BareLoop loop;
    private final TileShape shape;
    private final int most;
    private final Picture column;
    private final ByteBuffer samples;

    /** @param bench whose checkpoint is run */
    TileDuel(Bench bench, int side) {
        this.bench = bench;
        checkpoint = bench.checkpoint();
        loop = new BareLoop(checkpoint, bench.inference());
        shape = new TileShape(side, side, CHANNELS, 1);
        long restored = (long) shape.pixels() * scale() * scale();
        most = (int) Math.max(1, Math.min(MOST_TILES, bench.inference().batchPixels() / restored));
        column = bench.album().another(new SizeClass(side + " x " + side, side, side * most, 1));
        samples = ByteBuffer.allocateDirect(shape.bytes() * most);
        column.pixels().read(new Region(0, 0, side, side * most), samples);
    }

    /** The service's tiles in a batch are those that it takes when there are always enough. */
    record Found(int side, Map<Integer, Double> bareByBatch, int fastestBatch, double bareBest, int serviceBatch, double bareSameBatch,
            double service) {
        double ratio() {
            return service / bareSameBatch;
        }

        double ratioToBest() {
            return service / bareBest;
        }
    }

    TileShape shape() {
        return shape;
    }

    ByteBuffer samples() {
        return samples;
    }

    Found run(InferenceEngine engine) throws InterruptedException {
        Map<Integer, Double> byBatch = new TreeMap<>();
        List<Integer> batches = batches();
        Duration each = bench.time().dividedBy(batches.size());
        batches.forEach(batch -> byBatch.put(batch, bare(batch, each)));
        int fastest = byBatch.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
        int recommended = recommended();
        List<Double> best = new ArrayList<>();
        List<Double> same = new ArrayList<>();
        List<Double> service = new ArrayList<>();
        Duration turn = bench.time().dividedBy(3L * ROUNDS);
        through(engine, Duration.ZERO);
        for (int round = 0; round < ROUNDS; round++) {
            best.add(bare(fastest, turn));
            service.add(through(engine, turn));
            same.add(fastest == recommended ? best.get(round) : bare(recommended, turn));
        }
        return new Found(shape.width(), byBatch, fastest, Spread.of(best).median(), recommended, Spread.of(same).median(),
                Spread.of(service).median());
    }

    int recommended() {
        return Math.min(most, loop.recommendedTiles(shape));
    }

    private List<Integer> batches() {
        var sizes = new TreeSet<>(List.of(recommended(), most));
        for (int batch = 1; batch <= most; batch *= 2) {
            sizes.add(batch);
        }
        return List.copyOf(sizes);
    }

    private double bare(int batch, Duration atLeast) {
        loop.run(samples, batch, shape, bench.condition(), restored -> {}); // the first of a shape is slower
        long began = System.nanoTime();
        long runs = 0;
        do {
            loop.run(samples, batch, shape, bench.condition(), restored -> {});
            runs++;
        } while (System.nanoTime() - began < atLeast.toNanos());
        return runs * megapixels(batch) / ((System.nanoTime() - began) / 1e9);
    }

    /** The service's rate. */
    double through(InferenceEngine engine, Duration atLeast) throws InterruptedException {
        int batch = recommended();
        ClosedLoop.Run run = new ClosedLoop(INSIDE, picture -> submit(engine, batch)).during(List.of(column, column, column), atLeast);
        return run.megapixelsPerSecond(3 * megapixels(batch));
    }

    private CompletionStage<Void> submit(InferenceEngine engine, int batch) {
        int side = shape.width();
        Raster restored = Raster.allocate(side * scale(), side * scale() * batch, CHANNELS, 8);
        List<ImageTile> tiles = IntStream.range(0, batch).mapToObj(i -> new Region(0, i * side, side, side))
                .map(place -> new ImageTile(new Tile(place, place), Mirroring.HALF_SAMPLE, column.pixels(), restored, bench.condition(), 1, NOTHING, NOTHING))
                .toList();
        var submission = engine.submit(checkpoint, tiles, Deadline.in(NEVER));
        return submission.released().thenCompose(idle -> submission.completion()).whenComplete((done, failure) -> restored.close());
    }

    private double megapixels(int batch) {
        return (double) batch * shape.pixels() * scale() * scale() / 1e6;
    }

    private int scale() {
        return checkpoint.manifest().scale();
    }

    @Override
    public void close() {
        column.close();
    }
}
