package dev.darkroom.score;

import dev.darkroom.image.ImageDecoder;
import dev.darkroom.image.ImageLimits;
import dev.darkroom.image.ImageProbe;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Raster;
import dev.darkroom.image.file.ImageHeader;
import dev.darkroom.image.tile.Region;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Supplier;

/**
 * An image file and what its owner calls it.
 *
 * @param bytes from position to limit; not to be changed while it is in use
 */
public record PictureFile(String name, ByteBuffer bytes) {
    private static final int STRIP_BYTES = 1 << 20;
    private static final byte OPAQUE = (byte) 0xff;

    /** @throws PartException if it is no image that is read, damaged, or beyond the limits */
    ImageHeader header(ImageLimits limits) {
        return naming(() -> ImageProbe.probe(bytes, limits));
    }

    /**
     * The upright picture; an alpha channel is dropped where it changes nothing.
     *
     * @throws PartException if it is damaged, or not opaque everywhere
     */
    Raster decode(ImageDecoder decoder, Profiles profiles) {
        return naming(() -> {
            Photo photo = decoder.decode(bytes);
            try {
                photo.alpha().ifPresent(PictureFile::requireOpaque);
            } catch (Throwable e) {
                photo.close();
                throw e;
            }
            photo.alpha().ifPresent(Raster::close);
            return profiles == Profiles.APPLIED ? photo.inSrgb() : photo.asStored();
        });
    }

    /** Runs a step and adds this file's name to whatever is wrong with it. */
    <T> T naming(Supplier<T> step) {
        try {
            return step.get();
        } catch (RuntimeException e) {
            throw new PartException(name, e);
        }
    }

    private static void requireOpaque(Raster alpha) {
        int rows = Math.min(alpha.height(), Math.max(1, STRIP_BYTES / alpha.width()));
        var strip = ByteBuffer.allocateDirect(rows * alpha.width() * (alpha.bits() / 8)).order(ByteOrder.nativeOrder());
        for (int top = 0; top < alpha.height(); top += rows) {
            alpha.read(new Region(0, top, alpha.width(), Math.min(rows, alpha.height() - top)), strip.clear());
            strip.flip();
            while (strip.hasRemaining()) {
                if (strip.get() != OPAQUE) {
                    throw new TransparentImageException();
                }
            }
        }
    }
}
