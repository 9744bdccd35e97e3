package dev.darkroom.bench;

import dev.darkroom.bench.engine.BareLoop;
import dev.darkroom.bench.load.Bench;
import dev.darkroom.bench.picture.Picture;
import dev.darkroom.image.tile.Tile;
import dev.darkroom.inference.checkpoint.TileShape;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The tiles of some pictures, run by the bare engine shape by shape in full batches. Belongs to the thread that made it. */
final class BareDeck {
    private static final int TIMED_RUNS = 2;
    /** Larger batches are not tried any more once one is so much slower than the best. */
    private static final double HOPELESS = 1.05;
    /** So much larger than the service's limit batches may be. */
    private static final int GENEROSITY = 4;

    private final Bench bench;
    private final BareLoop loop;
    private final Map<TileShape, Integer> tiles = new LinkedHashMap<>();
    /** Real samples, which every batch takes from the start. */
    private final ByteBuffer samples;

    BareDeck(Bench bench, List<Picture> pictures) {
        this.bench = bench;
        loop = new BareLoop(bench.checkpoint(), bench.inference());
        samples = ByteBuffer.allocateDirect(Math.toIntExact(GENEROSITY * bench.inference().batchPixels() * 3));
        pictures.forEach(this::add);
        repeat(samples);
    }

    private void add(Picture picture) {
        for (Tile tile : bench.tiles(picture)) {
            var shape = new TileShape(tile.input().height(), tile.input().width(), 3, 1);
            tiles.merge(shape, 1, Integer::sum);
            if (samples.remaining() >= shape.bytes()) {
                picture.pixels().read(tile.input(), samples);
            }
        }
    }

    /** Until the buffer is full. */
    private static void repeat(ByteBuffer samples) {
        ByteBuffer there = samples.duplicate().flip();
        while (samples.hasRemaining()) {
            ByteBuffer again = there.duplicate();
            samples.put(again.limit(Math.min(again.limit(), samples.remaining())));
        }
    }

    /** The network at the tile that it is fastest on, on the same samples. */
    FastestTile fastestTile() {
        return FastestTile.of(bench, loop, samples);
    }

    Map<TileShape, Integer> tiles() {
        return tiles;
    }

    /** The batches that the service would form if there were always enough tiles. */
    Map<TileShape, Integer> recommended() {
        Map<TileShape, Integer> batches = new LinkedHashMap<>();
        tiles.keySet().forEach(shape -> batches.put(shape, loop.recommendedTiles(shape)));
        return batches;
    }

    /** The batches with the least time for a tile, by trying. */
    Map<TileShape, Integer> fastest() {
        Map<TileShape, Integer> batches = new LinkedHashMap<>();
        tiles.keySet().forEach(shape -> batches.put(shape, fastest(shape)));
        return batches;
    }

    private int fastest(TileShape shape) {
        var candidates = new TreeSet<>(List.of(loop.recommendedTiles(shape)));
        for (int batch = 1; batch <= samples.capacity() / shape.bytes(); batch *= 2) {
            candidates.add(batch);
        }
        int best = 1;
        double bestNanos = Double.POSITIVE_INFINITY;
        for (int batch : candidates) {
            double nanos = nanosPerTile(shape, batch);
            if (nanos < bestNanos) {
                best = batch;
                bestNanos = nanos;
            } else if (nanos > HOPELESS * bestNanos && batch > loop.recommendedTiles(shape)) {
                break;
            }
        }
        return best;
    }

    private double nanosPerTile(TileShape shape, int batch) {
        run(shape, batch); // the first of a shape is slower
        long began = System.nanoTime();
        for (int i = 0; i < TIMED_RUNS; i++) {
            run(shape, batch);
        }
        return (System.nanoTime() - began) / (double) TIMED_RUNS / batch;
    }

    /** Every tile, so many times. */
    Duration run(Map<TileShape, Integer> batches, int times) {
        long began = System.nanoTime();
        tiles.forEach((shape, once) -> {
            int batch = batches.get(shape);
            for (int left = once * times; left > 0; left -= batch) {
                run(shape, Math.min(batch, left));
            }
        });
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private void run(TileShape shape, int batch) {
        loop.run(samples, batch, shape, bench.condition(), restored -> {});
    }
}
