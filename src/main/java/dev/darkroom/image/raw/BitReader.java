package dev.darkroom.image.raw;

import dev.darkroom.image.file.DamagedImageException;
import java.nio.ByteBuffer;

/** The entropy-coded bits of a JPEG, without the zeros that are stuffed behind bytes of ones. */
final class BitReader {
    private static final int MARKER = 0xff;

    private final ByteBuffer data;
    private int at;
    private long held;
    private int count;
    /** Of the bits that are held, those that are not there: they may be looked at, not taken. */
    private int beyond;

    BitReader(ByteBuffer data, int from) {
        this.data = data;
        at = from;
    }

    /** The next bits, at most 16, which stay. */
    int peek(int bits) {
        if (count < bits) {
            fill();
        }
        return (int) (held >>> count - bits) & (1 << bits) - 1;
    }

    /** @throws DamagedImageException if there are not so many */
    void skip(int bits) {
        count -= bits;
        if (count < beyond) {
            throw new DamagedImageException("the DNG's lossless JPEG is cut short");
        }
    }

    /** Takes the next bits, at most 16. */
    int take(int bits) {
        int taken = peek(bits);
        skip(bits);
        return taken;
    }

    private void fill() {
        while (count <= 48) {
            int value = at < data.limit() ? data.get(at) & 0xff : MARKER;
            boolean stuffed = value == MARKER && at + 1 < data.limit() && data.get(at + 1) == 0;
            if (value == MARKER && !stuffed) {
                held <<= 8;
                beyond += 8;
            } else {
                held = held << 8 | value;
                at += stuffed ? 2 : 1;
            }
            count += 8;
        }
    }

    /** @throws DamagedImageException if no restart marker comes next */
    void restart() {
        boolean there = at + 1 < data.limit() && (data.get(at) & 0xff) == MARKER && (data.get(at + 1) & 0xf8) == 0xd0;
        if (!there) {
            throw new DamagedImageException("the DNG's lossless JPEG lacks a restart marker");
        }
        at += 2;
        held = 0;
        count = 0;
        beyond = 0;
    }
}
