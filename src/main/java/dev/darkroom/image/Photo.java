package dev.darkroom.image;

import dev.darkroom.image.file.Metadata;
import java.util.Optional;
import java.util.Set;

/**
 * A decoded, upright image; owns its rasters.
 *
 * @param pixels  gray or RGB
 * @param alpha   one channel of the same size and depth as {@code pixels}, not premultiplied
 * @param changed what of the file could not be kept while it was read: {@code cmyk}, {@code icc}
 */
public record Photo(Raster pixels, Optional<Raster> alpha, Metadata metadata, Set<String> changed) implements AutoCloseable {

    public Photo {
        alpha.ifPresent(raster -> {
            if (raster.channels() != 1 || !raster.bounds().equals(pixels.bounds()) || raster.bits() != pixels.storedBits()) {
                throw new IllegalArgumentException("alpha must have one channel and the size and depth of the pixels");
            }
        });
    }

    public Photo(Raster pixels, Optional<Raster> alpha, Metadata metadata) {
        this(pixels, alpha, metadata, Set.of());
    }

    /**
     * This photo with other pixels of its shape, a whole number of times as wide and high: alpha is enlarged to fit. Shares with
     * this photo what has kept its size; both may be closed.
     *
     * <p>The resolution stays, so that the larger picture prints larger instead of finer.
     */
    public Photo restoredAs(Raster restored) {
        int factor = restored.width() / pixels.width();
        return new Photo(restored, factor == 1 ? alpha : alpha.map(raster -> raster.enlarged(factor)), metadata, changed);
    }

    /** This photo, with one channel if all three are equal: what comes of it has no colour either. Takes over this photo's rasters. */
    public Photo asGray() {
        Optional<Raster> gray = GrayInColour.oneChannel(pixels);
        gray.ifPresent(one -> pixels.close());
        return gray.map(one -> new Photo(one, alpha, metadata, changed)).orElse(this);
    }

    /** This photo with three equal channels. Takes over this photo's rasters. */
    public Photo threefold() {
        try (Raster gray = pixels) {
            return new Photo(GrayInColour.threeChannels(gray), alpha, metadata, changed);
        }
    }

    /**
     * Gives pixels that are fully transparent the colours of what can be seen near them, so that whatever looks at a pixel's
     * surroundings sees no edge where there is none.
     *
     * @param radius how far to look, in pixels
     */
    public void fillTransparent(int radius) {
        alpha.ifPresent(mask -> pixels.lend(colours -> mask.lend(opacity -> {
            TransparentPixels.fill(colours, opacity, radius);
            return null;
        })));
    }

    @Override
    public void close() {
        pixels.close();
        alpha.ifPresent(Raster::close);
    }
}
