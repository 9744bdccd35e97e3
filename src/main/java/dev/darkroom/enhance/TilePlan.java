package dev.darkroom.enhance;

import dev.darkroom.image.Tile;
import dev.darkroom.image.TileGrid;
import dev.darkroom.inference.TileShape;
import dev.darkroom.inference.TorchScriptCheckpoint;
import dev.darkroom.model.Manifest;
import java.time.Duration;
import java.util.List;

/**
 * An image cut into tiles, halos included.
 *
 * @param time of the devices, all of them together, by calibration
 */
public record TilePlan(List<Tile> tiles, Duration time) {
    /** What may be paid in the devices' time for shorter tiles, so that small images wait less behind large ones. */
    private static final double FAIRNESS = 1.2;

    /** Images smaller than a tile are extended to a multiple of this, so that similar sizes share batches. */
    static final int QUANTUM = 64;

    /** The smallest tiles with which it takes the devices hardly longer than with the best. */
    public static TilePlan of(TorchScriptCheckpoint checkpoint, int width, int height) {
        List<TilePlan> plans = checkpoint.manifest().tiles().stream().sorted()
                .map(side -> of(checkpoint, width, height, side)).toList();
        long best = plans.stream().mapToLong(plan -> plan.time.toNanos()).min().orElseThrow();
        return plans.stream().filter(plan -> plan.time.toNanos() <= FAIRNESS * best).findFirst().orElseThrow();
    }

    private static TilePlan of(TorchScriptCheckpoint checkpoint, int width, int height, int side) {
        Manifest manifest = checkpoint.manifest();
        var grid = new TileGrid(side, manifest.receptiveFieldRadius(), manifest.sizeMultiple(), QUANTUM);
        List<Tile> tiles = grid.tiles(width, height);
        long nanos = tiles.stream()
                .mapToLong(tile -> checkpoint.timePerTile(shape(tile.input().width(), tile.input().height())).toNanos()).sum();
        return new TilePlan(tiles, Duration.ofNanos(nanos));
    }

    private static TileShape shape(int width, int height) {
        return new TileShape(height, width, 3, 1);
    }
}
