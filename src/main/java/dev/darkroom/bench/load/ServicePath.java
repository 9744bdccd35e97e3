package dev.darkroom.bench.load;

import dev.darkroom.batching.Deadline;
import dev.darkroom.bench.picture.Picture;
import dev.darkroom.enhance.ImageTile;
import dev.darkroom.image.Raster;
import dev.darkroom.image.tile.Mirroring;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A picture's way through the service without codecs: raster, tiles, queue, devices, raster. */
public final class ServicePath {
    private static final Duration NEVER = Duration.ofDays(1);
    private static final Runnable NOTHING = () -> {};

    private final Bench bench;

    public ServicePath(Bench bench) {
        this.bench = bench;
    }

    public CompletionStage<Void> restore(Picture picture) {
        Raster noisy = picture.pixels();
        int scale = bench.checkpoint().manifest().scale();
        Raster restored = Raster.allocate(noisy.width() * scale, noisy.height() * scale, noisy.channels(), noisy.bits());
        List<ImageTile> tiles = bench.tiles(picture).stream()
                .map(tile -> new ImageTile(tile, Mirroring.HALF_SAMPLE, noisy, restored, bench.condition(), 1, NOTHING, NOTHING)).toList();
        var submission = bench.pipeline().engine().submit(bench.checkpoint(), tiles, Deadline.in(NEVER));
        return submission.released().thenCompose(idle -> submission.completion()).whenComplete((done, failure) -> restored.close());
    }
}
