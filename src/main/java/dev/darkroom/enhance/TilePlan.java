package dev.darkroom.enhance;

import dev.darkroom.image.Tile;
import dev.darkroom.image.TileGrid;
import dev.darkroom.inference.TileShape;
import dev.darkroom.inference.TorchScriptCheckpoint;
import dev.darkroom.model.Manifest;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * An image cut into tiles of the size that takes the devices the least time, halos included.
 *
 * @param time of the devices, all of them together, by calibration
 */
public record TilePlan(List<Tile> tiles, Duration time) {
    /** Images smaller than a tile are extended to a multiple of this, so that similar sizes share batches. */
    static final int QUANTUM = 64;

    /** @param longest that a tile may take where smaller ones are to be had: so long others wait for it */
    public static TilePlan of(TorchScriptCheckpoint checkpoint, int width, int height, Duration longest) {
        List<Integer> sides = checkpoint.manifest().tiles();
        List<Integer> shortEnough = sides.stream()
                .filter(side -> checkpoint.timePerTile(shape(side, side)).compareTo(longest) <= 0).toList();
        return (shortEnough.isEmpty() ? List.of(sides.get(0)) : shortEnough).stream()
                .map(side -> of(checkpoint, width, height, side))
                .min(Comparator.comparing(TilePlan::time))
                .orElseThrow();
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
