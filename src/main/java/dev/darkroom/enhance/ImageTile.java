package dev.darkroom.enhance;

import dev.darkroom.image.Raster;
import dev.darkroom.image.tile.Mirroring;
import dev.darkroom.image.tile.Tile;
import dev.darkroom.inference.TileWork;
import dev.darkroom.inference.checkpoint.TileShape;
import java.nio.ByteBuffer;

/**
 * A tile of a photo: read with its halo from one raster, its core written to another, which is a whole number of times as wide
 * and high and may have other channels.
 */
public record ImageTile(Tile tile, Mirroring mirroring, Raster from, Raster to, float[] condition, float strength, Runnable onRead,
        Runnable onWritten) implements TileWork {

    @Override
    public TileShape shape() {
        return new TileShape(tile.input().height(), tile.input().width(), from.channels(), from.bits() / 8);
    }

    @Override
    public void read(ByteBuffer samples) {
        onRead.run();
        from.read(tile.input(), mirroring, samples);
    }

    @Override
    public void write(ByteBuffer samples) {
        int scale = to.width() / from.width();
        to.write(tile.core().scaled(scale), samples, tile.input().scaled(scale));
        onWritten.run();
    }
}
