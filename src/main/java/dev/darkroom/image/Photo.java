package dev.darkroom.image;

import java.util.Optional;

/**
 * A decoded, upright image; owns its rasters.
 *
 * @param pixels gray or RGB
 * @param alpha  one channel of the same size and depth as {@code pixels}, not premultiplied
 */
public record Photo(Raster pixels, Optional<Raster> alpha, Metadata metadata) implements AutoCloseable {

    public Photo {
        alpha.ifPresent(raster -> {
            if (raster.channels() != 1 || !raster.bounds().equals(pixels.bounds()) || raster.bits() != pixels.bits()) {
                throw new IllegalArgumentException("alpha must have one channel and the size and depth of the pixels");
            }
        });
    }

    @Override
    public void close() {
        pixels.close();
        alpha.ifPresent(Raster::close);
    }
}
