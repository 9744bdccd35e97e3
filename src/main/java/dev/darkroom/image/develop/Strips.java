package dev.darkroom.image.develop;

import dev.darkroom.image.Raster;
import dev.darkroom.image.tile.Region;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/** Changes the samples of 16-bit rasters a few rows at a time. */
final class Strips {
    private static final int SAMPLES = 1 << 18;

    private Strips() {}

    interface Change {
        /** In place, from the first sample of row {@code y} on, all channels of a pixel together. */
        void apply(ShortBuffer samples, int y, int width);
    }

    /** @param to gets the result; may be the same */
    static void each(Raster from, Raster to, Change change) {
        int inRow = from.width() * from.channels();
        int rows = Math.max(1, Math.min(from.height(), SAMPLES / inRow));
        ByteBuffer strip = ByteBuffer.allocateDirect(2 * rows * inRow).order(ByteOrder.nativeOrder());
        for (int y = 0; y < from.height(); y += rows) {
            var region = new Region(0, y, from.width(), Math.min(rows, from.height() - y));
            from.read(region, strip.clear());
            change.apply(strip.flip().asShortBuffer(), y, from.width());
            to.write(region, strip, region);
        }
    }
}
