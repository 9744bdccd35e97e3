package dev.darkroom.image.raw;

import dev.darkroom.image.file.ByteReader;
import dev.darkroom.image.file.DamagedImageException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Deflated samples of 8 or 16 bits, with or without differences. */
final class DeflatedSamples implements Samples {
    private final Inflater inflater = new Inflater();
    private final ByteBuffer bytes;
    private final int bits;
    private final Differences differences;

    DeflatedSamples(ByteReader data, int inRow, int bits, Differences differences) {
        this.bits = bits;
        this.differences = differences;
        bytes = ByteBuffer.allocate(inRow * bits / 8).order(data.order());
        inflater.setInput(data.buffer(0, data.size()));
    }

    @Override
    public void next(short[] row) {
        inflate();
        if (bits == 16) {
            bytes.asShortBuffer().get(row);
        } else {
            for (int i = 0; i < row.length; i++) {
                row[i] = bytes.get(i);
            }
        }
        differences.undo(row, bits);
    }

    private void inflate() {
        try {
            for (int at = 0; at < bytes.capacity(); ) {
                int length = inflater.inflate(bytes.array(), at, bytes.capacity() - at);
                if (length == 0) {
                    throw new DamagedImageException("the DNG is cut short or broken");
                }
                at += length;
            }
        } catch (DataFormatException broken) {
            throw new DamagedImageException("the DNG is cut short or broken", broken);
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
