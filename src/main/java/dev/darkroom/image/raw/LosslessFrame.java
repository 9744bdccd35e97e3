package dev.darkroom.image.raw;

import dev.darkroom.image.file.ByteReader;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.UnsupportedImageException;

/**
 * What a lossless JPEG says before its coded bits.
 *
 * @param components   1 to 4, interleaved
 * @param precision    bits of a sample, 2 to 16
 * @param predictor    1 to 7 (ITU-T T.81, table H.1)
 * @param shift        lowest bits that are left out
 * @param tables       of the components
 * @param restartLines after so many there is a restart; 0: never
 * @param codedAt      where the coded bits begin
 * @param longSixteens whether a difference of 16 bits is followed by them
 */
record LosslessFrame(int width, int height, int components, int precision, int predictor, int shift, HuffmanTable[] tables, int restartLines,
        int codedAt, boolean longSixteens) {
    private static final int SOI = 0xffd8;
    private static final int LOSSLESS = 0xffc3;
    private static final int TABLES = 0xffc4;
    private static final int RESTARTS = 0xffdd;
    private static final int SCAN = 0xffda;

    HuffmanTable table(int component) {
        return tables[component];
    }

    /**
     * Reads up to the coded bits.
     *
     * @throws UnsupportedImageException if it is a lossy JPEG, or its components are not of one size
     * @throws DamagedImageException     if it is cut short or contradicts itself
     */
    static LosslessFrame of(ByteReader jpeg, boolean longSixteens) {
        if (jpeg.u16(0) != SOI) {
            throw broken();
        }
        var known = new HuffmanTable[4];
        int restart = 0;
        long frameAt = -1;
        for (long at = 2; ; at += 2 + jpeg.u16(at + 2)) {
            int marker = jpeg.u16(at);
            int length = jpeg.u16(at + 2);
            if (marker < 0xff01 || length < 2) {
                throw broken();
            }
            switch (marker) {
                case TABLES -> readTables(jpeg, at + 4, at + 2 + length, known);
                case LOSSLESS -> frameAt = at + 4;
                case RESTARTS -> restart = jpeg.u16(at + 4);
                case SCAN -> {
                    return frame(jpeg, frameAt, at + 4, at + 2 + length, known, restart, longSixteens);
                }
                default -> requireNoOtherFrame(marker);
            }
        }
    }

    private static void requireNoOtherFrame(int marker) {
        if (marker >= 0xffc0 && marker <= 0xffc2) {
            throw Coding.lossyJpeg();
        }
        if (marker >= 0xffc5 && marker <= 0xffcf) {
            throw new UnsupportedImageException("DNGs with JPEGs of another process than lossless Huffman are not supported");
        }
    }

    private static void readTables(ByteReader jpeg, long from, long end, HuffmanTable[] known) {
        for (long at = from; at < end; ) {
            int place = jpeg.u8(at);
            if (place >> 4 == 1) {
                throw Coding.lossyJpeg();
            }
            if (place > 3) {
                throw broken();
            }
            known[place] = new HuffmanTable(jpeg, at + 1);
            at += 1 + known[place].size();
        }
    }

    private static LosslessFrame frame(ByteReader jpeg, long at, long scanAt, long codedAt, HuffmanTable[] known, int restart, boolean longSixteens) {
        if (at < 0) {
            throw broken();
        }
        int precision = jpeg.u8(at);
        int height = jpeg.u16(at + 1);
        int width = jpeg.u16(at + 3);
        int components = jpeg.u8(at + 5);
        if (components < 1 || components > 4 || jpeg.u8(scanAt) != components) {
            throw new UnsupportedImageException("DNGs with lossless JPEGs of %d components are not supported".formatted(components));
        }
        var tables = new HuffmanTable[components];
        for (int c = 0; c < components; c++) {
            if (components > 1 && jpeg.u8(at + 7 + 3L * c) != 0x11) {
                throw new UnsupportedImageException("DNGs with lossless JPEGs of components of several sizes are not supported");
            }
            tables[c] = known[jpeg.u8(scanAt + 2 + 2L * c) >> 4 & 3];
        }
        int predictor = jpeg.u8(scanAt + 1 + 2L * components);
        int shift = jpeg.u8(scanAt + 3 + 2L * components) & 15;
        boolean sound = width > 0 && height > 0 && precision >= 2 && precision <= 16 && shift < precision && predictor >= 1 && predictor <= 7
                && restart % width == 0;
        for (HuffmanTable table : tables) {
            sound &= table != null;
        }
        if (!sound) {
            throw broken();
        }
        return new LosslessFrame(width, height, components, precision, predictor, shift, tables, restart / width, (int) codedAt, longSixteens);
    }

    private static DamagedImageException broken() {
        return new DamagedImageException("the DNG's lossless JPEG is broken");
    }
}
