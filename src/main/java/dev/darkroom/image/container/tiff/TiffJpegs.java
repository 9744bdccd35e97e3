package dev.darkroom.image.container.tiff;

import dev.darkroom.image.container.jpeg.JpegScans;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.TiffDirectory;
import dev.darkroom.image.file.UnsupportedImageException;
import java.nio.ByteOrder;

/** The JPEGs that a TIFF has in the place of its strips or tiles. */
final class TiffJpegs {
    private static final int STRIP_OFFSETS = 273;
    private static final int STRIP_BYTES = 279;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_BYTES = 325;

    private TiffJpegs() {}

    /**
     * Counts how often each goes over its part of the picture.
     *
     * @throws UnsupportedImageException if that is more than is decoded
     * @throws DamagedImageException     if one is not in the file, or they share bytes so that much is to be decoded of few
     */
    static void check(TiffDirectory directory) {
        boolean tiled = directory.has(TILE_OFFSETS);
        int offsets = tiled ? TILE_OFFSETS : STRIP_OFFSETS;
        int lengths = tiled ? TILE_BYTES : STRIP_BYTES;
        long count = directory.has(offsets) ? directory.fields().get(offsets).count() : 0;
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            long length = directory.number(lengths, i, -1);
            bytes += Math.max(0, length);
            if (bytes > 2L * directory.tiff().size()) {
                throw new DamagedImageException("the TIFF's strips lie over each other");
            }
            JpegScans.check(directory.tiff().slice(directory.number(offsets, i, -1), length).order(ByteOrder.BIG_ENDIAN), 0); // a JPEG's own
        }
    }
}
