package dev.darkroom.adopt;

import dev.darkroom.image.tile.BlendedGrid;
import dev.darkroom.image.tile.Tile;
import dev.darkroom.image.tile.TileGrid;
import dev.darkroom.model.Manifest.Tiling;
import dev.darkroom.train.photo.BlendedTiles;
import dev.darkroom.train.photo.Planes;
import java.util.List;
import java.util.Optional;

/**
 * How far a network looks, and so how pictures larger than a tile are put together.
 *
 * @param radius      exact: how far an input pixel reaches, px; blended: how much of a tile's edge counts little
 * @param side        of the smallest tiles, px
 * @param tiledPsnrDb of blended tiles; see the manifest
 */
record Reach(Tiling tiling, int radius, int side, Optional<Double> tiledPsnrDb) {
    private static final int QUANTUM = 64;
    private static final int TILE = 128;
    /** What looks farther is cheaper to blend than to give so large a halo. */
    private static final int FARTHEST = 80;
    private static final int DOT = 4;
    /** Sums of another order. */
    private static final double SAME = 2e-4;
    /** Half a step of 8 bits, root mean square. */
    private static final double AGREED = 1 / 510.0;

    static Reach of(Stranger stranger, Sizes sizes) {
        Optional<Reach> exact = sizes.oneSize() ? Optional.empty() : radius(stranger, sizes).flatMap(radius -> exact(stranger, sizes, radius));
        return exact.orElseGet(() -> blended(stranger, sizes));
    }

    /** From how far around a changed dot the answer changes; empty if that is everywhere, or farther than is worth knowing. */
    private static Optional<Integer> radius(Stranger stranger, Sizes sizes) {
        for (int side : new int[] {96, 2 * FARTHEST + 32}) {
            int rounded = roundUp(side, sizes.multiple());
            int changed = changed(stranger, sizes, rounded);
            if (changed + sizes.multiple() < rounded / 2 - DOT) {
                return Optional.of(changed + sizes.multiple() - 1); // a stride's other phases may reach so much farther
            }
        }
        return Optional.empty();
    }

    private static int changed(Stranger stranger, Sizes sizes, int side) {
        Planes scene = Scene.of(sizes.channelsIn(), side, side);
        Planes dotted = scene.with(scene.values().clone());
        int middle = side / 2;
        for (int channel = 0; channel < scene.channels(); channel++) {
            for (int y = middle; y < middle + DOT; y++) {
                for (int x = middle; x < middle + DOT; x++) {
                    dotted.values()[(channel * side + y) * side + x] = (x + y) % 2 == 0 ? 1 : 0;
                }
            }
        }
        return farthest(stranger.restore(scene).orElseThrow(), stranger.restore(dotted).orElseThrow(), sizes.scale(), middle);
    }

    /** In input pixels, outside the dot. */
    private static int farthest(Planes one, Planes other, int scale, int middle) {
        int farthest = 0;
        for (int channel = 0; channel < one.channels(); channel++) {
            for (int y = 0; y < one.height(); y++) {
                for (int x = 0; x < one.width(); x++) {
                    if (one.get(channel, y, x) != other.get(channel, y, x)) { // to the last bit: the sums are the same elsewhere
                        farthest = Math.max(farthest, Math.max(outside(y / scale, middle), outside(x / scale, middle)));
                    }
                }
            }
        }
        return farthest;
    }

    private static int outside(int position, int middle) {
        return Math.max(0, Math.max(middle - position, position - (middle + DOT - 1)));
    }

    /** Believed only if tiles with this halo give what the whole picture gives. */
    private static Optional<Reach> exact(Stranger stranger, Sizes sizes, int radius) {
        int halo = roundUp(radius, sizes.multiple());
        int side = 2 * halo < TILE / 2 ? TILE : 2 * TILE;
        var grid = new TileGrid(side, radius, sizes.multiple(), QUANTUM);
        Planes scene = Scene.of(sizes.channelsIn(), QUANTUM, side + QUANTUM);
        Planes whole = stranger.restore(scene).orElseThrow();
        double largest = grid.tiles(scene.width(), scene.height()).stream().mapToDouble(tile -> difference(stranger, sizes, scene, whole, tile)).max().orElseThrow();
        return largest <= SAME ? Optional.of(new Reach(Tiling.EXACT, radius, side, Optional.empty())) : Optional.empty();
    }

    private static double difference(Stranger stranger, Sizes sizes, Planes scene, Planes whole, Tile tile) {
        int scale = sizes.scale();
        var input = tile.input();
        var core = tile.core().scaled(scale);
        Planes answer = stranger.restore(scene.cut(input.x(), input.y(), input.width(), input.height())).orElseThrow();
        Planes kept = answer.cut(core.x() - input.x() * scale, core.y() - input.y() * scale, core.width(), core.height());
        return Difference.largest(kept, whole.cut(core.x(), core.y(), core.width(), core.height()));
    }

    private static Reach blended(Stranger stranger, Sizes sizes) {
        int side = sizes.oneSize() ? sizes.multiple() : TILE;
        int margin = roundUp(margin(stranger, sizes, side), sizes.oneSize() ? 1 : sizes.multiple());
        var grid = new BlendedGrid(side, margin, sizes.multiple(), QUANTUM);
        int length = side + QUANTUM;
        Planes scene = Scene.of(sizes.channelsIn(), side, length);
        Planes tiled = tiled(grid, scene, stranger, sizes);
        Planes reference = sizes.oneSize() ? shifted(grid, stranger, sizes, side, length) : stranger.restore(scene).orElseThrow();
        double decibels = Difference.psnrDb(tiled, reference);
        return new Reach(Tiling.BLENDED, margin, side, Optional.of(Math.floor(10 * decibels) / 10));
    }

    /** The same picture as the middle of a wider one, so that the tiles lie elsewhere. */
    private static Planes shifted(BlendedGrid grid, Stranger stranger, Sizes sizes, int side, int length) {
        int by = side / 4;
        Planes wider = Scene.of(sizes.channelsIn(), side, length).extended(by).cut(0, by, length + 2 * by, side);
        int scale = sizes.scale();
        return tiled(grid, wider, stranger, sizes).cut(by * scale, 0, length * scale, side * scale);
    }

    private static Planes tiled(BlendedGrid grid, Planes picture, Stranger stranger, Sizes sizes) {
        return BlendedTiles.restore(grid, picture, sizes.scale(), tile -> stranger.restore(tile).orElseThrow());
    }

    /** How far from their edges two tiles that share a half agree; a quarter of a tile if they never do. */
    private static int margin(Stranger stranger, Sizes sizes, int side) {
        Planes scene = Scene.of(sizes.channelsIn(), side, side + side / 2);
        Planes left = stranger.restore(scene.cut(0, 0, side, side)).orElseThrow();
        Planes right = stranger.restore(scene.cut(side / 2, 0, side, side)).orElseThrow();
        int scale = sizes.scale();
        int shared = side - side / 2;
        for (int margin = 8; margin < shared / 2; margin += 4) {
            int width = (shared - 2 * margin) * scale;
            Planes ofLeft = left.cut((side / 2 + margin) * scale, 0, width, left.height());
            Planes ofRight = right.cut(margin * scale, 0, width, right.height());
            if (Math.sqrt(Difference.meanSquare(ofLeft, ofRight)) <= AGREED) {
                return margin;
            }
        }
        return shared / 2;
    }

    private static int roundUp(int value, int multiple) {
        return (value + multiple - 1) / multiple * multiple;
    }
}
