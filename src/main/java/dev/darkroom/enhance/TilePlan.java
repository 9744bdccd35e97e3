package dev.darkroom.enhance;

import dev.darkroom.image.Tile;
import dev.darkroom.image.TileGrid;
import dev.darkroom.model.Manifest;
import java.util.Comparator;
import java.util.List;

/** Chooses among a checkpoint's tile sizes the one that costs an image the fewest pixels, halos included. */
final class TilePlan {
    /** Images smaller than a tile are extended to a multiple of this, so that similar sizes share batches. */
    static final int QUANTUM = 64;

    private TilePlan() {}

    static List<Tile> tiles(Manifest manifest, int width, int height) {
        return manifest.tiles().stream()
                .map(side -> new TileGrid(side, manifest.receptiveFieldRadius(), manifest.sizeMultiple(), QUANTUM)
                        .tiles(width, height))
                .min(Comparator.comparingLong(TilePlan::inputPixels))
                .orElseThrow();
    }

    private static long inputPixels(List<Tile> tiles) {
        return tiles.stream().mapToLong(tile -> (long) tile.input().width() * tile.input().height()).sum();
    }
}
