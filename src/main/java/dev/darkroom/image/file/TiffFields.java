package dev.darkroom.image.file;

import static dev.darkroom.image.file.TiffDirectory.RATIONAL;
import static dev.darkroom.image.file.TiffDirectory.RESOLUTION_UNIT;
import static dev.darkroom.image.file.TiffDirectory.SHORT;
import static dev.darkroom.image.file.TiffDirectory.X_RESOLUTION;
import static dev.darkroom.image.file.TiffDirectory.Y_RESOLUTION;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes image file directories (TIFF 6.0) in one byte order. */
public final class TiffFields {

    private static final int UNDEFINED = 7;
    private static final int SIGNED_RATIONAL = 10;
    private static final int HUNDREDTHS = 100;
    /** What a block of EXIF has room for in a JPEG. */
    private static final int MAX_VALUE_BYTES = 60_000;

    private record Value(int type, long count, byte[] bytes) {
    }

    private final ByteOrder order;
    private final SortedMap<Integer, Value> values = new TreeMap<>();
    private final SortedMap<Integer, TiffFields> directories = new TreeMap<>();
    private int copied;

    public TiffFields(ByteOrder order) {
        this.order = order;
    }

    /** An EXIF block that says nothing but the resolution. */
    public static byte[] exif(Resolution resolution) {
        var fields = new TiffFields(ByteOrder.LITTLE_ENDIAN);
        fields.resolution(resolution);
        return fields.block();
    }

    /** A TIFF file without a picture. */
    byte[] block() {
        byte[] directory = directoryAt(8);
        byte letter = (byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M');
        return allocate(8 + directory.length).put(letter).put(letter).putShort((short) 42).putInt(8).put(directory).array();
    }

    boolean isEmpty() {
        return values.isEmpty() && directories.isEmpty();
    }

    /** Copies what a directory says about the picture, and what it refers to for more of that. */
    public void describe(TiffDirectory from) {
        Exif.ABOUT_THE_PICTURE.forEach(tag -> copy(from, tag));
        nest(from, Exif.GPS_DIRECTORY);
        nest(from, Exif.EXIF_DIRECTORY);
    }

    /** Copies a whole directory that a field refers to, and one that it refers to itself. */
    private void nest(TiffDirectory from, int tag) {
        from.directory(tag).ifPresent(other -> {
            var fields = new TiffFields(order);
            other.fields().keySet().stream().filter(field -> field != Exif.INTEROPERABILITY_DIRECTORY).forEach(field -> fields.copy(other, field));
            if (tag == Exif.EXIF_DIRECTORY) {
                fields.nest(other, Exif.INTEROPERABILITY_DIRECTORY);
            }
            directories.put(tag, fields);
        });
    }

    /** Copies a field with its value, in this byte order; a broken or overlong one is left out. */
    void copy(TiffDirectory from, int tag) {
        var field = from.fields().get(tag);
        int unit = field == null || field.type() > TiffDirectory.IFD ? 0 : TiffDirectory.TYPE_BYTES[field.type()];
        if (unit == 0 || field.count() > MAX_VALUE_BYTES / unit || copied + field.count() * unit > MAX_VALUE_BYTES) {
            return;
        }
        Metadata.ifIntact(() -> {
             byte[] bytes = from.tiff().array(field.valueAt(), field.count() * unit);
            copied += bytes.length + 12;
            int swapped = field.type() == RATIONAL || field.type() == SIGNED_RATIONAL ? unit / 2 : unit;
            if (from.tiff().order() != order) {
                reverse(bytes, swapped);
            }
            values.put(tag, new Value(field.type(), field.count(), bytes));
            return Optional.empty();
        });
    }

    private static void reverse(byte[] bytes, int unit) {
        for (int start = 0; start + unit <= bytes.length; start += unit) {
            for (int i = 0; i < unit / 2; i++) {
                byte swapped = bytes[start + i];
                bytes[start + i] = bytes[start + unit - 1 - i];
                bytes[start + unit - 1 - i] = swapped;
            }
        }
    }

    private int size() {
        return 2 + 12 * (values.size() + directories.size()) + 4
                + values.values().stream().filter(value -> value.bytes().length > 4).mapToInt(value -> even(value.bytes().length)).sum();
    }

    /** Takes over a directory's fields; values stored outside it stay where they are. */
    public void keep(TiffDirectory directory, long offset) {
        var tiff = directory.tiff();
        for (int i = 0; i < tiff.u16(offset); i++) {
            long at = offset + 2 + 12L * i;
            values.put(tiff.u16(at), new Value(tiff.u16(at + 2), tiff.u32(at + 4), tiff.array(at + 8, 4)));
        }
    }

    public void number(int tag, int value) {
        values.put(tag, new Value(SHORT, 1, allocate(2).putShort((short) value).array()));
    }

    public void bytes(int tag, byte[] bytes) {
        values.put(tag, new Value(UNDEFINED, bytes.length, bytes));
    }

    public void resolution(Resolution resolution) {
        rational(X_RESOLUTION, resolution.xDpi());
        rational(Y_RESOLUTION, resolution.yDpi());
        number(RESOLUTION_UNIT, Resolution.UNIT_INCH);
    }

    private void rational(int tag, double value) {
        values.put(tag, new Value(RATIONAL, 1,
                allocate(8).putInt((int) Math.round(value * HUNDREDTHS)).putInt(HUNDREDTHS).array()));
    }

    /** The last directory of a file, followed by the values that do not fit into it, as bytes to put at {@code offset}. */
    public byte[] directoryAt(int offset) {
        var children = new ArrayList<byte[]>();
        int end = offset + size();
        for (var directory : directories.entrySet()) {
            byte[] child = directory.getValue().directoryAt(end);
            values.put(directory.getKey(), new Value(TiffDirectory.LONG, 1, allocate(4).putInt(end).array()));
            children.add(child);
            end += child.length;
        }
        directories.clear();
        byte[] own = ownDirectoryAt(offset);
        var all = allocate(end - offset).put(own);
        children.forEach(all::put);
        return all.array();
    }

    private byte[] ownDirectoryAt(int offset) {
        int end = 2 + 12 * values.size() + 4;
        var directory = allocate(size()).putShort((short) values.size());
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
