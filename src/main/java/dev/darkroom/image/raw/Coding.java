package dev.darkroom.image.raw;

import dev.darkroom.image.file.ByteReader;
import dev.darkroom.image.file.TiffDirectory;
import dev.darkroom.image.file.UnsupportedImageException;

/** How a strip or tile holds its samples. */
enum Coding {
    NONE, LOSSLESS_JPEG,
    /** As before DNG 1.1: a difference of 16 bits is followed by them. */
    LOSSLESS_JPEG_OF_1_0,
    DEFLATE;

    private static final int LOSSY_JPEG = 34892;
    private static final int JPEG_XL = 52546;

    /** @throws UnsupportedImageException naming what is not read */
    static Coding of(TiffDirectory directory, boolean longSixteens) {
        int compression = (int) directory.number(DngTag.COMPRESSION, 1);
        if (directory.number(DngTag.FILL_ORDER, 1) != 1) {
            throw new UnsupportedImageException("DNGs whose bits run from right to left are not supported");
        }
        return switch (compression) {
            case 1 -> NONE;
            case 7 -> longSixteens ? LOSSLESS_JPEG_OF_1_0 : LOSSLESS_JPEG;
            case 8, 32946 -> DEFLATE;
            case LOSSY_JPEG -> throw lossyJpeg();
            case JPEG_XL -> throw new UnsupportedImageException("DNGs with JPEG XL inside are not supported; save it as a lossless DNG without");
            default -> throw new UnsupportedImageException("DNGs of compression %d are not supported".formatted(compression));
        };
    }

    static UnsupportedImageException lossyJpeg() {
        return new UnsupportedImageException("DNGs with lossy JPEG inside are not supported; a lossless DNG is needed");
    }

    /** Whether only samples of 8 or 16 bits can be held. */
    boolean bytesOnly() {
        return this == DEFLATE;
    }

    /** @param inRow samples of a row, all planes together */
    Samples samples(ByteReader data, int inRow, int rows, int bits, int planes, long predictor) {
        return switch (this) {
            case NONE -> new PackedSamples(data, inRow, bits);
            case LOSSLESS_JPEG, LOSSLESS_JPEG_OF_1_0 -> LosslessJpeg.of(data, (long) inRow * rows, this == LOSSLESS_JPEG_OF_1_0);
            case DEFLATE -> new DeflatedSamples(data, inRow, bits, Differences.of(predictor, planes));
        };
    }

    @Override
    public String toString() {
        return this == NONE ? "uncompressed" : this == DEFLATE ? "Deflate" : "JPEG";
    }
}
