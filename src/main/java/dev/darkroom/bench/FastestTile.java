package dev.darkroom.bench;

import dev.darkroom.bench.engine.BareLoop;
import dev.darkroom.bench.load.Bench;
import dev.darkroom.inference.checkpoint.TileShape;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Comparator;

/**
 * What the network could do if no pixel were computed twice: full batches of the square tile with most pixels a second, by trying, all of
 * which count. Belongs to the thread that made it.
 *
 * @param shape of a tile
 * @param batch tiles in a batch
 */
record FastestTile(Bench bench, BareLoop loop, ByteBuffer samples, TileShape shape, int batch) {
    private static final int TIMED_RUNS = 3;
    private static final int CHANNELS = 3;

    /** @param samples real ones, at least as many bytes as four batches may have */
    static FastestTile of(Bench bench, BareLoop loop, ByteBuffer samples) {
        return bench.checkpoint().sides().stream().map(side -> new TileShape(side, side, CHANNELS, 1))
                .map(shape -> new FastestTile(bench, loop, samples, shape, loop.recommendedTiles(shape)))
                .min(Comparator.comparingDouble(FastestTile::nanosPerPixel)).orElseThrow();
    }

    private double nanosPerPixel() {
        run(); // the first of a shape is slower
        long best = Long.MAX_VALUE;
        for (int i = 0; i < TIMED_RUNS; i++) {
            long began = System.nanoTime();
            run();
            best = Math.min(best, System.nanoTime() - began);
        }
        return (double) best / batch / shape.pixels();
    }

    /** Output megapixels a second, measured for so long. */
    double rate(Duration time) {
        long began = System.nanoTime();
        long pixels = 0;
        do {
            run();
            pixels += (long) batch * shape.pixels();
        } while (System.nanoTime() - began < time.toNanos());
        int scale = bench.checkpoint().manifest().scale();
        return pixels / 1e6 * scale * scale / ((System.nanoTime() - began) / 1e9);
    }

    private void run() {
        loop.run(samples, batch, shape, bench.condition(), restored -> {});
    }

    @Override
    public String toString() {
        return "%d x %d".formatted(shape.width(), shape.height());
    }
}
