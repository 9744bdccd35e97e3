package dev.darkroom.enhance;

import dev.darkroom.image.Blend;
import dev.darkroom.image.Raster;
import dev.darkroom.image.tile.Mirroring;
import dev.darkroom.image.tile.Tile;
import dev.darkroom.inference.TileWork;
import dev.darkroom.inference.checkpoint.TileShape;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A tile of a photo: read with its halo from one raster, its core written to another, which is a whole number of times as wide
 * and high and may have other channels.
 *
 * @param blend where it is added up with the tiles that overlap it; empty if none do
 */
public record ImageTile(Tile tile, Mirroring mirroring, Raster from, Raster to, Optional<Blend> blend, float[] condition, float strength,
        Runnable onRead, Runnable onWritten) implements TileWork {

    /** A tile that no other overlaps. */
    public ImageTile(Tile tile, Mirroring mirroring, Raster from, Raster to, float[] condition, float strength, Runnable onRead, Runnable onWritten) {
        this(tile, mirroring, from, to, Optional.empty(), condition, strength, onRead, onWritten);
    }

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
        blend.ifPresentOrElse(shared -> shared.add(tile, samples),
                () -> to.write(tile.core().scaled(scale), samples, tile.input().scaled(scale)));
        onWritten.run();
    }
}
