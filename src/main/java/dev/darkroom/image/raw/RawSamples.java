package dev.darkroom.image.raw;

import dev.darkroom.image.Raster;
import dev.darkroom.image.tile.Region;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/** Decodes a DNG's strips and tiles into a raster, a few rows of each at a time. */
record RawSamples(Layout layout, Region picture) {
    private static final int BAND_SAMPLES = 1 << 18;

    /** What becomes of the samples of a part of a row, {@code count} pixels from column {@code x} of row {@code y} of the sensor. */
    interface Meaning {
        void put(short[] row, int from, int x, int y, int count, ShortBuffer samples);
    }

    /** Whoever calls closes it. */
    Raster decode(Meaning meaning) {
        Raster raster = Raster.allocate(picture.width(), picture.height(), layout.planes(), 16);
        ByteBuffer band = ByteBuffer.allocateDirect(2 * Math.max(BAND_SAMPLES, picture.width() * layout.planes())).order(ByteOrder.nativeOrder());
        var row = new short[layout.pieceWidth() * layout.planes()];
        try {
            for (int i = 0; i < layout.pieces(); i++) {
                decode(i, meaning, raster, row, band.clear());
            }
            return raster;
        } catch (Throwable e) {
            raster.close();
            throw e;
        }
    }

    private void decode(int index, Meaning meaning, Raster raster, short[] row, ByteBuffer band) {
        Region piece = layout.piece(index);
        boolean apart = piece.right() <= picture.x() || piece.x() >= picture.right() || piece.bottom() <= picture.y() || piece.y() >= picture.bottom();
        if (apart) {
            return;
        }
        Region shown = piece.intersection(picture);
        int planes = layout.planes();
        int inRow = shown.width() * planes;
        ShortBuffer samples = band.asShortBuffer();
        samples.limit(samples.capacity() / inRow * inRow);
        try (Samples source = layout.samples(index)) {
            for (int y = piece.y(); y < shown.bottom(); y++) {
                source.next(row);
                if (y >= shown.y()) {
                    meaning.put(row, (shown.x() - piece.x()) * planes, shown.x(), y, shown.width(), samples);
                }
                boolean full = !samples.hasRemaining() || y == shown.bottom() - 1;
                if (full && samples.position() > 0) {
                    int rows = samples.position() / inRow;
                    var region = new Region(shown.x() - picture.x(), y + 1 - rows - picture.y(), shown.width(), rows);
                    raster.write(region, band.clear(), region);
                    samples.rewind();
                }
            }
        }
    }
}
