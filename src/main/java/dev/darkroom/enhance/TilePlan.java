package dev.darkroom.enhance;

import dev.darkroom.image.BayerPattern;
import dev.darkroom.image.tile.Mirroring;
import dev.darkroom.image.tile.Tile;
import dev.darkroom.image.tile.TileGrid;
import dev.darkroom.inference.checkpoint.TileShape;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import dev.darkroom.model.Manifest;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * An image cut into tiles, halos included.
 *
 * @param mirroring how the image goes on where a tile reaches beyond its edge
 * @param time      of the devices, all of them together, by calibration
 */
public record TilePlan(List<Tile> tiles, Mirroring mirroring, Duration time) {
    /** What may be paid in the devices' time for shorter tiles, so that small images wait less behind large ones. */
    private static final double FAIRNESS = 1.2;

    /** Images smaller than a tile are extended to a multiple of this, so that similar sizes share batches. */
    static final int QUANTUM = 64;

    /** The smallest tiles with which it takes the devices hardly longer than with the best. */
    public static TilePlan of(TorchScriptCheckpoint checkpoint, int width, int height) {
        return fastest(checkpoint, Mirroring.HALF_SAMPLE, grid -> grid.tiles(width, height));
    }

    /** The same for a mosaic, extended so that each tile begins as RGGB does. */
    static TilePlan ofMosaic(TorchScriptCheckpoint checkpoint, int width, int height, BayerPattern pattern) {
        return fastest(checkpoint, Mirroring.WHOLE_SAMPLE,
                grid -> grid.tiles(width, height, pattern.leadingColumns(), pattern.leadingRows()));
    }

    private static TilePlan fastest(TorchScriptCheckpoint checkpoint, Mirroring mirroring, Function<TileGrid, List<Tile>> cut) {
        List<TilePlan> plans = checkpoint.manifest().tiles().stream().sorted()
                .map(side -> cut.apply(grid(checkpoint.manifest(), side)))
                .map(tiles -> new TilePlan(tiles, mirroring, time(checkpoint, tiles))).toList();
        long best = plans.stream().mapToLong(plan -> plan.time.toNanos()).min().orElseThrow();
        return plans.stream().filter(plan -> plan.time.toNanos() <= FAIRNESS * best).findFirst().orElseThrow();
    }

    /** @throws IllegalArgumentException if tiles of this side cannot be laid out for this network */
    static TileGrid grid(Manifest manifest, int side) {
        return new TileGrid(side, manifest.receptiveFieldRadius(), manifest.sizeMultiple(), QUANTUM);
    }

    private static Duration time(TorchScriptCheckpoint checkpoint, List<Tile> tiles) {
        int channels = checkpoint.manifest().channels().in();
        return Duration.ofNanos(tiles.stream().map(Tile::input)
                .mapToLong(input -> checkpoint.timePerTile(new TileShape(input.height(), input.width(), channels, 1)).toNanos()).sum());
    }
}
