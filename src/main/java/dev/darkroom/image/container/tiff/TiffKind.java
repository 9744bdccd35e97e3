package dev.darkroom.image.container.tiff;

import dev.darkroom.image.file.TiffDirectory;
import dev.darkroom.image.file.UnsupportedImageException;
import java.util.Set;

/**
 * How a TIFF stores its samples, and who reads that.
 *
 * @param channels 1 for gray, 3 for colour
 * @param extra    samples of a pixel that are not colour
 * @param alpha    whether the first of them is how opaque it is
 * @param bits     of a sample
 * @param plain    whether OpenCV's decoder gives all of it, so that the slower one is not needed
 */
record TiffKind(int channels, int extra, boolean alpha, int bits, boolean cmyk, boolean plain) {
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int SAMPLES = 277;
    private static final int PLANES = 284;
    private static final int INK_SET = 332;
    private static final int EXTRA_SAMPLES = 338;
    private static final int SAMPLE_FORMAT = 339;
    private static final int DATA_TYPE_OF_SGI = 32996;
    private static final int TILE_BYTES = 325;

    private static final int GRAY_INVERTED = 0;
    private static final int GRAY = 1;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final int INKS = 5;
    private static final int YCBCR = 6;

    private static final int UNSIGNED = 1;
    private static final int FLOAT = 3;
    private static final int VOID = 4;
    private static final long UNCOMPRESSED = 1;
    private static final long JPEG = 7;
    /** None, LZW, Deflate (both numbers), PackBits. */
    private static final Set<Long> OF_BYTES = Set.of(UNCOMPRESSED, 5L, 8L, 32946L, 32773L);
    /** For black and white: modified Huffman, Group 3, Group 4. */
    private static final Set<Long> FAX = Set.of(2L, 3L, 4L);

    /** @throws UnsupportedImageException if nothing reads it */
    static TiffKind of(TiffDirectory directory) {
        int photometric = (int) directory.number(PHOTOMETRIC, -1);
        int bits = (int) directory.number(BITS, 1);
        int samples = (int) directory.number(SAMPLES, 1);
        long compression = directory.number(COMPRESSION, UNCOMPRESSED);
        boolean gray = photometric == GRAY || photometric == GRAY_INVERTED;
        int colours = gray || photometric == PALETTE ? 1 : photometric == INKS ? 4 : 3;
        int format = (int) directory.number(SAMPLE_FORMAT, UNSIGNED);
        int extra = samples - colours;
        boolean known = photometric >= GRAY_INVERTED && photometric <= YCBCR && photometric != 4 && extra >= 0 && extra <= 1
                && directory.all(BITS, bits) && directory.all(SAMPLE_FORMAT, format) && directory.number(INK_SET, 1) == 1
                && !(photometric == GRAY_INVERTED && bits > 16);
        boolean depth = format == FLOAT ? bits == 16 || bits == 32 || bits == 64
                : (format == UNSIGNED || format == VOID) && (bits == 8 || bits == 16 || bits == 32 || (colours == 1 && extra == 0 || bits >= 10)
                && (bits == 1 || bits == 2 || bits == 4 || bits == 10 || bits == 12 || bits == 14));
        boolean coded = OF_BYTES.contains(compression) || compression == JPEG && bits == 8 || FAX.contains(compression) && bits == 1;
        if (!known || !depth || !coded || photometric == PALETTE && (bits > 8 || extra > 0)) {
            throw new UnsupportedImageException(refusal(photometric, bits, samples, compression, format));
        }
        boolean alpha = extra == 1 && (directory.number(EXTRA_SAMPLES, -1) != 0 || !directory.has(EXTRA_SAMPLES));
        boolean plain = OF_BYTES.contains(compression) && directory.all(PLANES, 1) && format == UNSIGNED && !directory.has(DATA_TYPE_OF_SGI)
                && !(directory.has(TILE_BYTES) && compression == UNCOMPRESSED)
                && switch (photometric) {
                    case GRAY_INVERTED, GRAY -> extra == 0 && (bits == 1 || bits == 8 || bits == 16);
                    case RGB -> bits == 8 || bits == 16;
                    case PALETTE -> bits == 8;
                    default -> false;
                };
        return new TiffKind(gray ? 1 : 3, extra, alpha, bits, photometric == INKS, plain);
    }

    private static String refusal(int photometric, int bits, int samples, long compression, int format) {
        return "this kind of TIFF is not supported: %d samples of %d bits%s, %s, %s".formatted(samples, bits, switch (format) {
            case UNSIGNED, VOID -> "";
            case FLOAT -> " (floating point)";
            default -> " (signed or complex)";
        }, switch (photometric) {
            case GRAY, GRAY_INVERTED -> "gray";
            case RGB -> "RGB";
            case PALETTE -> "palette";
            case 4 -> "a mask";
            case INKS -> "inks";
            case YCBCR -> "YCbCr";
            case 8, 9, 10 -> "Lab";
            case 32803, 34892 -> "a camera's raw data (for these use demosaic)";
            default -> "colours numbered " + photometric;
        }, compression == 6 ? "JPEG as before 1995" : "compression " + compression);
    }
}
