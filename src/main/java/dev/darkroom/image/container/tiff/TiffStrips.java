package dev.darkroom.image.container.tiff;

import dev.darkroom.image.file.ByteReader;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.file.TiffDirectory;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Whether each strip or tile of a TIFF's compressed samples is whole. OpenCV's decoder does not ask libtiff for samples of 8 bits: where one
 * is broken it leaves black. Lengths alone are worked out here, no sample.
 */
final class TiffStrips {
    private static final int ROWS = 278;
    private static final int STRIP_OFFSETS = 273;
    private static final int STRIP_BYTES = 279;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_BYTES = 325;
    private static final int LZW = 5;
    private static final int PACK_BITS = 32773;
    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int CODES = 4096;

    private TiffStrips() {}

    /** @throws DamagedImageException if one is broken or cut short */
    static void requireWhole(TiffDirectory directory, int width, int height, int bitsPerPixel) {
        int compression = (int) directory.number(259, 1);
        boolean tiled = directory.has(TILE_WIDTH);
        long across = tiled ? directory.number(TILE_WIDTH, 0) : width;
        long rows = tiled ? directory.number(TILE_HEIGHT, 0) : Math.min(height, directory.number(ROWS, height));
        if (across < 1 || rows < 1) {
            throw damaged();
        }
        long columns = (width + across - 1) / across;
        long count = columns * ((height + rows - 1) / rows);
        for (long i = 0; i < count; i++) {
            long lines = tiled ? rows : Math.min(rows, height - i * rows);
            long wanted = (across * bitsPerPixel + 7) / 8 * lines;
            long from = directory.number(tiled ? TILE_OFFSETS : STRIP_OFFSETS, (int) i, -1);
            var data = directory.tiff().slice(from, compression == 1 ? wanted : directory.number(tiled ? TILE_BYTES : STRIP_BYTES, (int) i, -1));
            long there = switch (compression) {
                case 1 -> wanted;
                case LZW -> lzw(data, wanted);
                case PACK_BITS -> packBits(data, wanted);
                default -> deflate(data, wanted);
            };
            if (there < wanted) {
                throw damaged();
            }
        }
    }

    /** TIFF 6.0, section 13; files of before 1988, whose bits run the other way, are taken at their word. */
    private static long lzw(ByteReader data, long wanted) {
        if (data.size() >= 2 && data.u8(0) == 0 && (data.u8(1) & 1) == 1) {
            return wanted;
        }
        int[] lengths = new int[CODES];
        int next = END + 1;
        int width = 9;
        int previous = 0; // length of what the last code stood for, 0 after a clearing
        long total = 0;
        for (long bit = 0; bit + width <= 8L * data.size() && total < wanted; ) {
            int code = bits(data, bit, width);
            bit += width;
            if (code == END) {
                return total;
            }
            if (code == CLEAR) {
                next = END + 1;
                width = 9;
                previous = 0;
                continue;
            }
            int length = code < CLEAR ? 1 : code < next ? lengths[code] : code == next && previous > 0 ? previous + 1 : 0;
            if (length == 0) {
                throw damaged();
            }
            if (previous > 0 && next < CODES) {
                lengths[next++] = previous + 1;
            }
            width = next >= 2047 ? 12 : next >= 1023 ? 11 : next >= 511 ? 10 : 9;
            previous = length;
            total += length;
        }
        return total;
    }

    private static int bits(ByteReader data, long bit, int width) {
        int at = (int) (bit >> 3);
        int three = data.u8(at) << 16 | (at + 1 < data.size() ? data.u8(at + 1) << 8 : 0) | (at + 2 < data.size() ? data.u8(at + 2) : 0);
        return three >> 24 - (int) (bit & 7) - width & (1 << width) - 1;
    }

    private static long packBits(ByteReader data, long wanted) {
        long total = 0;
        for (long at = 0; at < data.size() && total < wanted; ) {
            int head = (byte) data.u8(at);
            int length = head >= 0 ? head + 1 : head == -128 ? 0 : 1 - head;
            total += length;
            at += head >= 0 ? 1 + length : head == -128 ? 1 : 2;
        }
        return total;
    }

    private static long deflate(ByteReader data, long wanted) {
        var inflater = new Inflater();
        byte[] ignored = new byte[1 << 14];
        try {
            inflater.setInput(data.buffer(0, data.size()));
            long total = 0;
            while (total < wanted && !inflater.finished()) {
                int length = inflater.inflate(ignored);
                if (length == 0 && !inflater.finished()) {
                    return total;
                }
                total += length;
            }
            return total;
        } catch (DataFormatException broken) {
            throw damaged();
        } finally {
            inflater.end();
        }
    }

    private static DamagedImageException damaged() {
        return new DamagedImageException("the image is damaged and cannot be decoded");
    }
}
