package dev.darkroom.enhance;

import dev.darkroom.http.UnfitImageException;
import dev.darkroom.image.ImageFormat;
import dev.darkroom.image.ImageHeader;
import dev.darkroom.image.Raster;
import dev.darkroom.image.Region;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;

/** The samples behind a colour filter array: one channel whose neighbours have different colours. */
final class Mosaic {
    private static final int PHASES = 4;

    private Mosaic() {}

    /** @throws UnfitImageException if an image with this header cannot be a mosaic */
    static void require(ImageHeader header) {
        if (header.channels() != 1) {
            throw new UnfitImageException("a mosaic has one channel, but this image is in colour already");
        }
        if (header.alpha()) {
            throw new UnfitImageException("a mosaic has one channel, but this image has an alpha channel too");
        }
        if (header.format() == ImageFormat.JPEG) {
            throw new UnfitImageException("a mosaic has to be a PNG or TIFF file: JPEG blends the colours of neighbouring samples");
        }
        if (header.width() < 2 || header.height() < 2) {
            throw new UnfitImageException("a mosaic has at least 2 x 2 samples, but this image has %d x %d"
                    .formatted(header.width(), header.height()));
        }
    }

    /**
     * The noise on the 0..255 scale: the mean of what each of the four planes of equal colour shows, since between
     * neighbours of different colours there is no telling noise from colour.
     */
    static double sigma255(Raster mosaic) {
        return IntStream.range(0, PHASES).mapToDouble(phase -> sigma255(mosaic, phase % 2, phase / 2)).average().orElseThrow();
    }

    private static double sigma255(Raster mosaic, int firstColumn, int firstRow) {
        int width = (mosaic.width() - firstColumn + 1) / 2;
        int height = (mosaic.height() - firstRow + 1) / 2;
        return NoiseEstimator.sigma255(width, height, 1, mosaic.bits(), (x, y, columns, rows, samples) ->
                everySecond(mosaic, new Region(2 * x + firstColumn, 2 * y + firstRow, 2 * columns - 1, 2 * rows - 1), samples));
    }

    private static void everySecond(Raster mosaic, Region region, ByteBuffer samples) {
        var all = ByteBuffer.allocateDirect((int) mosaic.bytes(region)).order(ByteOrder.nativeOrder());
        mosaic.read(region, all);
        for (int row = 0; row < region.height(); row += 2) {
            for (int column = 0; column < region.width(); column += 2) {
                int index = row * region.width() + column;
                if (mosaic.bits() == 8) {
                    samples.put(all.get(index));
                } else {
                    samples.putShort(all.getShort(2 * index));
                }
            }
        }
    }
}
