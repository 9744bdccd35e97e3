package dev.darkroom.bench.picture;

import dev.darkroom.image.Raster;

/** Where the pictures of a load come from. */
@FunctionalInterface
public interface PictureSource {
    /** @return RGB of 8 bits, the caller's to close; the same for the same number and size */
    Raster picture(int width, int height, long number);
}
