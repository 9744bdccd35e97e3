package dev.darkroom.bench.device;

import dev.darkroom.bench.engine.BatchStages;
import dev.darkroom.bench.load.Bench;
import dev.darkroom.bench.report.Finding;
import dev.darkroom.bench.report.Table;
import dev.darkroom.image.Raster;
import dev.darkroom.image.tile.Region;
import dev.darkroom.inference.InferenceEngine;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** A batch's stages alone, one after another, against what a batch takes when the service runs many: what runs at the same time. */
final class Overlap {
    private static final int RUNS = 5;

    private final Bench bench;
    private final int side;

    Overlap(Bench bench, int side) {
        this.bench = bench;
        this.side = side;
    }

    /** Milliseconds a batch; {@code hostMillis} is reading tiles from a raster and writing them to another. */
    record Found(int side, int batch, double hostMillis, BatchStages.Times stages, double pipelinedMillis) implements Finding {
        double aloneMillis() {
            return hostMillis + stages.sumMillis();
        }

        /** Above 1 something ran beside something else. */
        double overlap() {
            return aloneMillis() / pipelinedMillis;
        }

        @Override
        public List<Table> tables() {
            return List.of(Table.of("stages of a batch of %d tiles of %d x %d (ms)".formatted(batch, side, side), "", "mean")
                    .row("host: tiles from a raster and to another", hostMillis)
                    .row("copy to the device", stages.uploadMillis())
                    .row("compute", stages.computeMillis())
                    .row("copy from the device", stages.downloadMillis())
                    .row("all of them, one after another", aloneMillis())
                    .row("a batch of the service, saturated", pipelinedMillis)
                    .note("%.2f times as fast as one after another; copying alone is %.1f %% of copying and computing", overlap(),
                            100 * (stages.uploadMillis() + stages.downloadMillis()) / stages.sumMillis()));
        }
    }

    Found run(InferenceEngine engine) throws InterruptedException {
        Duration half = bench.time().dividedBy(2);
        try (var duel = new TileDuel(bench, side)) {
            int batch = duel.recommended();
            var stages = new BatchStages(bench.checkpoint(), bench.inference()).measure(duel.samples(), batch, duel.shape(), bench.condition(), half);
            duel.through(engine, Duration.ZERO);
            int scale = bench.checkpoint().manifest().scale();
            double megapixels = (double) batch * duel.shape().pixels() * scale * scale / 1e6;
            return new Found(side, batch, hostMillis(batch, scale), stages, 1e3 * megapixels / duel.through(engine, half));
        }
    }

    private double hostMillis(int batch, int scale) {
        var tile = new Region(0, 0, side, side);
        try (Raster from = Raster.allocate(side, side, 3, 8); Raster to = Raster.allocate(side * scale, side * scale, 3, 8)) {
            ByteBuffer samples = ByteBuffer.allocateDirect(side * side * 3 * scale * scale);
            long began = System.nanoTime();
            for (int i = 0; i < RUNS * batch; i++) {
                from.read(tile, samples.clear());
                to.write(tile.scaled(scale), samples.rewind(), tile.scaled(scale));
            }
            return (System.nanoTime() - began) / 1e6 / RUNS;
        }
    }
}
