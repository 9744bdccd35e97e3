package dev.darkroom.enhance;

import dev.darkroom.image.Raster;
import dev.darkroom.image.Region;
import dev.darkroom.image.Tile;
import dev.darkroom.inference.TileShape;
import dev.darkroom.inference.TileWork;
import java.nio.ByteBuffer;

/** A tile of a photo: read with its halo from one raster, its core written to another that is {@code scale} times as large. */
public record ImageTile(Tile tile, Raster from, Raster to, int scale, float[] condition, float strength, Runnable onRead, Runnable onWritten)
        implements TileWork {

    @Override
    public TileShape shape() {
        return new TileShape(tile.input().height(), tile.input().width(), from.channels(), from.bits() / 8);
    }

    @Override
    public void read(ByteBuffer samples) {
        onRead.run();
        from.read(tile.input(), samples);
    }

    @Override
    public void write(ByteBuffer samples) {
        Region restored = tile.input().scaled(scale);
        to.write(tile.core().scaled(scale), samples, restored);
        onWritten.run();
    }
}
