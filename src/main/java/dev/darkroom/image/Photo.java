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

    /**
     * This photo with other pixels of its shape, a whole number of times as wide and high: alpha is enlarged to fit. Shares with
     * this photo what has kept its size; both may be closed.
     *
     * <p>The resolution stays, so that the larger picture prints larger instead of finer.
     */
    public Photo with(Raster restored) {
        int factor = restored.width() / pixels.width();
        return new Photo(restored, factor == 1 ? alpha : alpha.map(raster -> raster.enlarged(factor)), metadata);
    }

    @Override
    public void close() {
        pixels.close();
        alpha.ifPresent(Raster::close);
    }
}
