package dev.darkroom.image.raw;

import dev.darkroom.image.file.ByteReader;
import java.nio.ByteBuffer;

/** Uncompressed samples of 8 to 16 bits; from 9 to 15 they are packed, the highest bit first, and each row begins with a byte of its own. */
final class PackedSamples implements Samples {
    private final ByteBuffer data;
    private final int bits;
    private final int bytesInRow;
    private int at;

    /** @param data of whole rows, in the file's byte order */
    PackedSamples(ByteReader data, int inRow, int bits) {
        this.data = data.buffer(0, data.size()).order(data.order());
        this.bits = bits;
        bytesInRow = (int) bytes(inRow, bits);
    }

    /** Of a row. */
    static long bytes(int inRow, int bits) {
        return ((long) inRow * bits + 7) / 8;
    }

    @Override
    public void next(short[] row) {
        if (bits == 16) {
            data.slice(at, bytesInRow).order(data.order()).asShortBuffer().get(row);
        } else if (bits == 8) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (short) (data.get(at + i) & 0xff);
            }
        } else {
            unpack(row);
        }
        at += bytesInRow;
    }

    private void unpack(short[] row) {
        int from = at;
        int held = 0;
        int count = 0;
        int mask = (1 << bits) - 1;
        for (int i = 0; i < row.length; i++) {
            while (count < bits) {
                held = held << 8 | data.get(from++) & 0xff;
                count += 8;
            }
            count -= bits;
            row[i] = (short) (held >> count & mask);
        }
    }
}
