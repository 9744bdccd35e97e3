package dev.darkroom.estimate.picture;

import dev.darkroom.image.Photo;
import dev.darkroom.image.Raster;
import dev.darkroom.image.tile.Region;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * A picture as all estimators get to see it: its samples, a rectangle at a time, and which of them count.
 *
 * @param channels 1 for gray, 3 for RGB
 * @param bits     8 or 16 for each sample
 * @param alpha    one channel of the same width and height, not premultiplied: where it is 0, nothing is seen of the picture, and its
 *                 samples are made up; empty: every sample counts
 */
public record Picture(int width, int height, int channels, int bits, SampleReader samples, Optional<Picture> alpha) {

    public Picture {
        alpha.ifPresent(mask -> {
            if (mask.channels != 1 || mask.width != width || mask.height != height) {
                throw new IllegalArgumentException("alpha must have one channel and the size of the picture");
            }
        });
    }

    /** A decoded image, which must stay open while it is looked at. */
    public static Picture of(Photo photo) {
        return of(photo.pixels(), photo.alpha().map(Picture::opaque));
    }

    /** A raster without alpha, which must stay open while it is looked at. */
    public static Picture opaque(Raster raster) {
        return of(raster, Optional.empty());
    }

    private static Picture of(Raster raster, Optional<Picture> alpha) {
        return new Picture(raster.width(), raster.height(), raster.channels(), raster.bits(),
                (x, y, width, height, samples) -> raster.read(new Region(x, y, width, height), samples), alpha);
    }

    /** The largest part, without alpha, in which every pixel counts; the whole picture where there is no such part. */
    public Picture opaquePart() {
        return alpha.flatMap(mask -> OpaqueArea.of(this)).map(area -> new Picture(area.width(), area.height(), channels, bits,
                (x, y, columns, rows, to) -> samples.read(area.x() + x, area.y() + y, columns, rows, to), Optional.empty())).orElse(this);
    }

    /** Of a rectangle, row by row: which pixels count. */
    public boolean[] seen(int x, int y, int columns, int rows) {
        boolean[] seen = new boolean[columns * rows];
        if (alpha.isEmpty()) {
            Arrays.fill(seen, true);
            return seen;
        }
        Picture mask = alpha.orElseThrow();
        var opacity = ByteBuffer.allocateDirect(mask.bytes(seen.length)).order(ByteOrder.nativeOrder());
        mask.samples.read(x, y, columns, rows, opacity);
        for (int i = 0; i < seen.length; i++) {
            seen[i] = mask.bits == 8 ? opacity.get(i) != 0 : opacity.getShort(2 * i) != 0;
        }
        return seen;
    }

    /** Bytes of so many pixels in a buffer. */
    public int bytes(int pixels) {
        return pixels * channels * (bits / 8);
    }

    /** Every second column and row, beginning with the given ones: of a mosaic, the samples of one colour. */
    public Picture everySecond(int firstColumn, int firstRow) {
        return new Picture((width - firstColumn + 1) / 2, (height - firstRow + 1) / 2, channels, bits,
                (x, y, columns, rows, samples) -> readEverySecond(2 * x + firstColumn, 2 * y + firstRow, columns, rows, samples),
                alpha.map(mask -> mask.everySecond(firstColumn, firstRow)));
    }

    private void readEverySecond(int x, int y, int columns, int rows, ByteBuffer to) {
        int spanned = 2 * columns - 1;
        var all = ByteBuffer.allocateDirect(bytes(spanned * (2 * rows - 1))).order(ByteOrder.nativeOrder());
        samples.read(x, y, spanned, 2 * rows - 1, all);
        int pixelBytes = bytes(1);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int at = 2 * (row * spanned + column) * pixelBytes;
                to.put(all.slice(at, pixelBytes));
            }
        }
    }
}
