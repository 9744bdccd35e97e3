package dev.darkroom.image.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Bounds-checked reading of untrusted bytes at absolute positions; whatever lies outside is a {@link DamagedImageException}. */
final class ByteReader {

    private final ByteBuffer bytes;

    /** Big-endian over the buffer's remaining bytes, without a copy. */
    ByteReader(ByteBuffer bytes) {
        this.bytes = bytes.slice();
    }

    ByteReader order(ByteOrder order) {
        var reader = new ByteReader(bytes);
        reader.bytes.order(order);
        return reader;
    }

    ByteOrder order() {
        return bytes.order();
    }

    int size() {
        return bytes.capacity();
    }

    int u8(long at) {
        return bytes.get(checked(at, 1)) & 0xff;
    }

    int u16(long at) {
        return bytes.getShort(checked(at, 2)) & 0xffff;
    }

    long u32(long at) {
        return bytes.getInt(checked(at, 4)) & 0xffff_ffffL;
    }

    /** A view in the same byte order. */
    ByteReader slice(long at, long length) {
        return new ByteReader(buffer(at, length)).order(order());
    }

    ByteReader from(long at) {
        return slice(at, size() - at);
    }

    ByteBuffer buffer(long at, long length) {
        return bytes.slice(checked(at, length), (int) length);
    }

    byte[] array(long at, long length) {
        int start = checked(at, length);
        var copy = new byte[(int) length];
        bytes.get(start, copy);
        return copy;
    }

    boolean has(long at, String latin1) {
        return at >= 0 && at + latin1.length() <= size()
                && new String(array(at, latin1.length()), StandardCharsets.ISO_8859_1).equals(latin1);
    }

    private int checked(long at, long length) {
        if (at < 0 || length < 0 || at > size() - length) {
            throw new DamagedImageException("the image file is cut short");
        }
        return (int) at;
    }
}
