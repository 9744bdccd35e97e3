package dev.darkroom.image.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Bounds-checked reading of untrusted bytes at absolute positions; whatever lies outside is a {@link DamagedImageException}. */
public final class ByteReader {

    private final ByteBuffer bytes;

    /** Big-endian over the buffer's remaining bytes, without a copy. */
    public ByteReader(ByteBuffer bytes) {
        this.bytes = bytes.slice();
    }

    public ByteReader order(ByteOrder order) {
        var reader = new ByteReader(bytes);
        reader.bytes.order(order);
        return reader;
    }

    public ByteOrder order() {
        return bytes.order();
    }

    public int size() {
        return bytes.capacity();
    }

    public int u8(long at) {
        return bytes.get(checked(at, 1)) & 0xff;
    }

    public int u16(long at) {
        return bytes.getShort(checked(at, 2)) & 0xffff;
    }

    /** Where this byte comes next; the size if it does not. */
    public long indexOf(int value, long from) {
        int at = checked(from, 0);
        while (at < bytes.capacity() && (bytes.get(at) & 0xff) != value) {
            at++;
        }
        return at;
    }

    public long u32(long at) {
        return bytes.getInt(checked(at, 4)) & 0xffff_ffffL;
    }

    /** No file is longer than what fits into half of it. */
    public long u64(long at) {
        long value = bytes.getLong(checked(at, 8));
        if (value < 0) {
            throw new DamagedImageException("the image file names a place that does not exist");
        }
        return value;
    }

    /** A view in the same byte order. */
    public ByteReader slice(long at, long length) {
        return new ByteReader(buffer(at, length)).order(order());
    }

    public ByteReader from(long at) {
        return slice(at, size() - at);
    }

    public ByteBuffer buffer(long at, long length) {
        return bytes.slice(checked(at, length), (int) length);
    }

    public byte[] array(long at, long length) {
        int start = checked(at, length);
        var copy = new byte[(int) length];
        bytes.get(start, copy);
        return copy;
    }

    public boolean has(long at, String latin1) {
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
