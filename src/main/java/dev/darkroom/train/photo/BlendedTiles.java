package dev.darkroom.train.photo;

import dev.darkroom.image.tile.BlendedGrid;
import dev.darkroom.image.tile.Region;
import dev.darkroom.image.tile.Tile;
import java.util.function.UnaryOperator;

/** A picture restored as a service restores it in overlapping tiles, without rounding. */
public final class BlendedTiles {
    private BlendedTiles() {}

    /** @param network gives back {@code scale} times as wide and high what it gets */
    public static Planes restore(BlendedGrid grid, Planes picture, int scale, UnaryOperator<Planes> network) {
        Planes sum = Planes.black(3, picture.height() * scale, picture.width() * scale);
        for (Tile tile : grid.tiles(picture.width(), picture.height())) {
            add(tile, network.apply(input(picture, tile.input())), scale, sum);
        }
        return sum;
    }

    /** It begins in the picture, and goes on mirrored. */
    private static Planes input(Planes picture, Region region) {
        if (region.right() <= picture.width() && region.bottom() <= picture.height()) {
            return picture.cut(region.x(), region.y(), region.width(), region.height());
        }
        Planes input = Planes.black(picture.channels(), region.height(), region.width());
        for (int channel = 0, to = 0; channel < picture.channels(); channel++) {
            for (int y = region.y(); y < region.bottom(); y++) {
                for (int x = region.x(); x < region.right(); x++, to++) {
                    input.values()[to] = picture.get(channel, Planes.mirrored(y, picture.height()), Planes.mirrored(x, picture.width()));
                }
            }
        }
        return input;
    }

    private static void add(Tile tile, Planes answer, int scale, Planes sum) {
        Region core = tile.core();
        float[] columns = tile.columns().weights(core.x(), core.width(), scale);
        float[] rows = tile.rows().weights(core.y(), core.height(), scale);
        for (int channel = 0; channel < sum.channels(); channel++) {
            for (int row = 0; row < rows.length; row++) {
                int to = (channel * sum.height() + core.y() * scale + row) * sum.width() + core.x() * scale;
                for (int column = 0; column < columns.length; column++) {
                    sum.values()[to + column] += rows[row] * columns[column] * answer.get(channel, row, column);
                }
            }
        }
    }
}
