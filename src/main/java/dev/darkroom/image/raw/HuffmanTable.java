package dev.darkroom.image.raw;

import dev.darkroom.image.file.ByteReader;
import dev.darkroom.image.file.DamagedImageException;

/** The codes of differences' lengths (ITU-T T.81, annex C), of up to 16 bits each, for lengths of 0 to 16. */
final class HuffmanTable {
    private static final int LONGEST = 16;
    /** Cameras' codes are hardly longer. */
    private static final int SHORT = 10;

    /** By the next bits of a short code: its length times 32, and what it stands for; 0 of a longer one. */
    private final short[] shortCodes = new short[1 << SHORT];
    /** By length: the first code that is too large for it, and where its values begin less its first code. */
    private final int[] ends = new int[LONGEST + 1];
    private final int[] places = new int[LONGEST + 1];
    private final byte[] values;

    /**
     * Reads a table.
     *
     * @param at where the sixteen counts begin
     * @throws DamagedImageException if there are more codes than that many bits have, or lengths that no difference has
     */
    HuffmanTable(ByteReader jpeg, long at) {
        int codes = 0;
        for (int i = 0; i < LONGEST; i++) {
            codes += jpeg.u8(at + i);
        }
        values = new byte[codes];
        int code = 0;
        int place = 0;
        for (int length = 1; length <= LONGEST; length++, code <<= 1) {
            places[length] = place - code;
            int end = code + jpeg.u8(at + length - 1);
            if (end > 1 << length) {
                throw broken();
            }
            for (; code < end; code++, place++) {
                values[place] = value(jpeg, at + LONGEST + place);
                enter(code, length, values[place]);
            }
            ends[length] = code;
        }
    }

    private static byte value(ByteReader jpeg, long at) {
        int value = jpeg.u8(at);
        if (value > LONGEST) {
            throw broken();
        }
        return (byte) value;
    }

    private void enter(int code, int length, int value) {
        if (length <= SHORT) {
            int from = code << SHORT - length;
            for (int i = from; i < from + (1 << SHORT - length); i++) {
                shortCodes[i] = (short) (length << 5 | value);
            }
        }
    }

    /** Of bytes, counts included. */
    int size() {
        return LONGEST + values.length;
    }

    /** How many bits the next difference has, 0 to 16; its code has been taken. */
    int next(BitReader bits) {
        int entry = shortCodes[bits.peek(SHORT)];
        if (entry != 0) {
            bits.skip(entry >> 5);
            return entry & 31;
        }
        int sixteen = bits.peek(LONGEST);
        for (int length = SHORT + 1; length <= LONGEST; length++) {
            int code = sixteen >> LONGEST - length;
            if (code < ends[length]) {
                bits.skip(length);
                return values[places[length] + code];
            }
        }
        throw broken();
    }

    private static DamagedImageException broken() {
        return new DamagedImageException("the DNG's lossless JPEG is broken");
    }
}
