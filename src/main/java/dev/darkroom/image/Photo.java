package dev.darkroom.image;

import dev.darkroom.image.file.Carried;
import dev.darkroom.image.file.Ledger;
import dev.darkroom.image.file.Metadata;
import java.util.Optional;

/**
 * A decoded, upright image; owns its rasters.
 *
 * @param pixels  gray or RGB
 * @param alpha   one channel of the same size and depth as {@code pixels}, not premultiplied
 * @param carried all that the file had which a copy may lack
 */
public record Photo(Raster pixels, Optional<Raster> alpha, Metadata metadata, Ledger carried) implements AutoCloseable {

    public Photo {
        alpha.ifPresent(raster -> {
            if (raster.channels() != 1 || !raster.bounds().equals(pixels.bounds()) || raster.bits() != pixels.storedBits()) {
                throw new IllegalArgumentException("alpha must have one channel and the size and depth of the pixels");
            }
        });
    }

    public Photo(Raster pixels, Optional<Raster> alpha, Metadata metadata) {
        this(pixels, alpha, metadata, Ledger.of(pixels.channels(), alpha.isPresent(), pixels.storedBits()).and(Ledger.of(metadata)));
    }

    /**
     * This photo with other pixels of its shape, a whole number of times as wide and high: alpha is enlarged to fit. Shares with
     * this photo what has kept its size; both may be closed. Who restores gray to colour has not lost the gray.
     *
     * <p>The resolution stays, so that the larger picture prints larger instead of finer.
     */
    public Photo restoredAs(Raster restored) {
        int factor = restored.width() / pixels.width();
        Ledger still = restored.channels() == pixels.channels() ? carried : carried.without(Carried.GRAYSCALE);
        return new Photo(restored, factor == 1 ? alpha : alpha.map(raster -> raster.enlarged(factor)), metadata, still);
    }

    public Dimensions size() {
        return new Dimensions(pixels.width(), pixels.height());
    }

    /** A part of this photo, made smaller, with rasters of its own: in linear light, alpha as it is. What is hidden has been filled by then. */
    public Photo framed(Framing framing) {
        Raster smaller = Resampling.of(pixels, framing, Light.OF_SRGB);
        try {
            return new Photo(smaller, alpha.map(mask -> Resampling.of(mask, framing, Light.NONE)), metadata, carried);
        } catch (Throwable e) {
            smaller.close();
            throw e;
        }
    }

    /** This photo, with one channel if all three are equal: what comes of it has no colour either. Takes over this photo's rasters. */
    public Photo asGray() {
        Optional<Raster> gray = GrayInColour.oneChannel(pixels);
        gray.ifPresent(one -> pixels.close());
        return gray.map(one -> new Photo(one, alpha, metadata, carried)).orElse(this);
    }

    /** This photo with three equal channels. Shares alpha with this photo; both may be closed. */
    public Photo threefold() {
        return new Photo(GrayInColour.threeChannels(pixels), alpha, metadata, carried);
    }

    /** The pixels in sRGB's colours, by the profile; what sRGB cannot show is clipped. Takes over this photo's. */
    public Raster inSrgb() {
        Optional<Raster> srgb = metadata.icc().flatMap(profile -> SrgbColours.of(pixels, profile));
        srgb.ifPresent(converted -> pixels.close());
        return srgb.orElse(pixels);
    }

    /** The pixels as the file stores them, whatever they mean. Takes over this photo's. */
    public Raster asStored() {
        return pixels.asStored();
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
