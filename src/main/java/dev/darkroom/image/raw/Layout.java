package dev.darkroom.image.raw;

import dev.darkroom.image.file.ByteReader;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.TiffDirectory;
import dev.darkroom.image.file.UnsupportedImageException;
import dev.darkroom.image.tile.Region;

/**
 * How samples are stored: in strips or tiles, which cover the picture row by row and may reach beyond its right and lower edges.
 *
 * @param planes      samples of a pixel: 1 of a mosaic, 3 of a picture in colour
 * @param bits        of a sample, 8 to 16
 * @param pieceWidth  of a strip or tile, pixels
 * @param pieceHeight of a strip or tile, rows
 */
record Layout(TiffDirectory directory, int width, int height, int planes, int bits, Coding coding, int pieceWidth, int pieceHeight, boolean tiled) {
    private static final int MOST_PIECES = 1 << 16;
    private static final int LONGEST_SIDE = 65_535;
    /** What pieces may cover beyond the picture, in pixels, or as many times the picture if that is more. */
    private static final long HARMLESS_PIXELS = 1 << 22;
    private static final int MOST_COVER = 4;

    /**
     * Reads it.
     *
     * @throws UnsupportedImageException if it is of a kind that is not read
     * @throws DamagedImageException     if it contradicts itself
     */
    static Layout of(TiffDirectory directory, int planes, boolean longSixteens) {
        int bits = (int) directory.number(DngTag.BITS, 1);
        var coding = Coding.of(directory, longSixteens);
        if (directory.number(DngTag.SAMPLES, 1) != planes || planes > 1 && directory.number(DngTag.PLANES, 1) != 1) {
            throw new UnsupportedImageException("DNGs with planes of their own, or %d samples a pixel, are not supported"
                    .formatted(directory.number(DngTag.SAMPLES, 1)));
        }
        if (directory.number(DngTag.SAMPLE_FORMAT, 1) != 1) {
            throw new UnsupportedImageException("DNGs of floating-point samples are not supported; those of 8 to 16 bits are");
        }
        if (bits < 8 || bits > 16 || coding.bytesOnly() && bits != 8 && bits != 16) {
            throw new UnsupportedImageException("DNGs of %d bits a sample, %s, are not supported".formatted(bits, coding));
        }
        for (int i = 1; i < planes; i++) {
            if (directory.number(DngTag.BITS, i, bits) != bits) {
                throw new UnsupportedImageException("DNGs whose planes differ in depth are not supported");
            }
        }
        int width = side(directory, DngTag.WIDTH);
        int height = side(directory, DngTag.HEIGHT);
        boolean tiled = directory.has(DngTag.TILE_OFFSETS);
        int rows = (int) Math.min(height, directory.number(DngTag.ROWS_PER_STRIP, height));
        var layout = new Layout(directory, width, height, planes, bits, coding, tiled ? side(directory, DngTag.TILE_WIDTH) : width,
                tiled ? side(directory, DngTag.TILE_HEIGHT) : rows, tiled);
        layout.requireSensible();
        return layout;
    }

    private static int side(TiffDirectory directory, int tag) {
        long pixels = directory.number(tag, 0);
        if (pixels < 1 || pixels > LONGEST_SIDE) {
            throw new DamagedImageException("the DNG has no valid width and height");
        }
        return (int) pixels;
    }

    private void requireSensible() {
        if (pieceHeight < 1) {
            throw new DamagedImageException("the DNG's strips have no rows");
        }
        long covered = (long) columns() * pieceWidth * rows() * pieceHeight;
        long pixels = (long) width * height;
        if ((long) columns() * rows() > MOST_PIECES || tiled && covered > Math.max(pixels + HARMLESS_PIXELS, MOST_COVER * pixels)) {
            throw new UnsupportedImageException("DNGs with so many or so large tiles are not supported");
        }
    }

    private int columns() {
        return (width + pieceWidth - 1) / pieceWidth;
    }

    private int rows() {
        return (height + pieceHeight - 1) / pieceHeight;
    }

    int pieces() {
        return columns() * rows();
    }

    /** What a piece covers; tiles are whole even where the picture ends. */
    Region piece(int index) {
        int y = index / columns() * pieceHeight;
        return new Region(index % columns() * pieceWidth, y, pieceWidth, tiled ? pieceHeight : Math.min(pieceHeight, height - y));
    }

    /** @throws DamagedImageException if the piece is not in the file */
    Samples samples(int index) {
        Region piece = piece(index);
        int inRow = piece.width() * planes;
        ByteReader tiff = directory.tiff();
        long from = directory.number(tiled ? DngTag.TILE_OFFSETS : DngTag.STRIP_OFFSETS, index, -1);
        // Uncompressed, the count of bytes says nothing new, and is wrong in some files.
        long length = coding == Coding.NONE ? PackedSamples.bytes(inRow, bits) * piece.height()
                : directory.number(tiled ? DngTag.TILE_BYTES : DngTag.STRIP_BYTES, index, -1);
        return coding.samples(tiff.slice(from, length), inRow, piece.height(), bits, planes, directory.number(DngTag.PREDICTOR, 1));
    }
}
