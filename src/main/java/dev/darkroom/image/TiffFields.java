package dev.darkroom.image;

import static dev.darkroom.image.TiffDirectory.RATIONAL;
import static dev.darkroom.image.TiffDirectory.RESOLUTION_UNIT;
import static dev.darkroom.image.TiffDirectory.SHORT;
import static dev.darkroom.image.TiffDirectory.X_RESOLUTION;
import static dev.darkroom.image.TiffDirectory.Y_RESOLUTION;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes image file directories (TIFF 6.0) in one byte order. */
final class TiffFields {

    private static final int UNDEFINED = 7;
    private static final int HUNDREDTHS = 100;

    private record Value(int type, long count, byte[] bytes) {
    }

    private final ByteOrder order;
    private final SortedMap<Integer, Value> values = new TreeMap<>();

    TiffFields(ByteOrder order) {
        this.order = order;
    }

    /** An EXIF block that says nothing but the resolution. */
    static byte[] exif(Resolution resolution) {
        var fields = new TiffFields(ByteOrder.LITTLE_ENDIAN);
        fields.resolution(resolution);
        byte[] directory = fields.directoryAt(8);
        return ByteBuffer.allocate(8 + directory.length).order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8).put(directory).array();
    }

    /** Takes over a directory's fields; values stored outside it stay where they are. */
    void keep(TiffDirectory directory, long offset) {
        var tiff = directory.tiff();
        for (int i = 0; i < tiff.u16(offset); i++) {
            long at = offset + 2 + 12L * i;
            values.put(tiff.u16(at), new Value(tiff.u16(at + 2), tiff.u32(at + 4), tiff.array(at + 8, 4)));
        }
    }

    void number(int tag, int value) {
        values.put(tag, new Value(SHORT, 1, allocate(2).putShort((short) value).array()));
    }

    void bytes(int tag, byte[] bytes) {
        values.put(tag, new Value(UNDEFINED, bytes.length, bytes));
    }

    void resolution(Resolution resolution) {
        rational(X_RESOLUTION, resolution.xDpi());
        rational(Y_RESOLUTION, resolution.yDpi());
        number(RESOLUTION_UNIT, Resolution.UNIT_INCH);
    }

    private void rational(int tag, double value) {
        values.put(tag, new Value(RATIONAL, 1,
                allocate(8).putInt((int) Math.round(value * HUNDREDTHS)).putInt(HUNDREDTHS).array()));
    }

    /** The last directory of a file, followed by the values that do not fit into it, as bytes to put at {@code offset}. */
    byte[] directoryAt(int offset) {
        int end = 2 + 12 * values.size() + 4;
        int size = end + values.values().stream().filter(value -> value.bytes().length > 4)
                .mapToInt(value -> even(value.bytes().length)).sum();
        var directory = allocate(size).putShort((short) values.size());
        for (var entry : values.entrySet()) {
            var value = entry.getValue();
            directory.putShort(entry.getKey().shortValue()).putShort((short) value.type()).putInt((int) value.count());
            if (value.bytes().length > 4) {
                directory.putInt(offset + end).put(end, value.bytes());
                end += even(value.bytes().length);
            } else {
                directory.put(value.bytes()).position(directory.position() + 4 - value.bytes().length);
            }
        }
        return directory.array();
    }

    private ByteBuffer allocate(int size) {
        return ByteBuffer.allocate(size).order(order);
    }

    private static int even(int length) {
        return length + (length & 1);
    }
}
