package dev.darkroom.image.strange;

import static dev.darkroom.image.Pictures.latin1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SortedMap;
import java.util.TreeMap;

/** Draws a TIFF of one strip or tile, little-endian. */
final class Tiff {
    static final int SHORT = 3;
    static final int LONG = 4;
    static final int UNDEFINED = 7;
    static final int DOUBLE = 12;
    static final int IFD = 13;
    private static final int STRIP_AT = 273;
    private static final int TILE_AT = 324;

    private record Value(int type, byte[] bytes) {
        int count() {
            return bytes.length / switch (type) {
                case SHORT -> 2;
                case LONG, IFD -> 4;
                case DOUBLE -> 8;
                default -> 1;
            };
        }
    }

    private final SortedMap<Integer, Value> fields = new TreeMap<>();
    private final byte[] data;

    Tiff(int width, int height, int photometric, int compression, int samples, int bits, byte[] data) {
        this.data = data;
        int[] each = new int[samples];
        java.util.Arrays.fill(each, bits);
        with(256, SHORT, width).with(257, SHORT, height).with(258, SHORT, each).with(259, SHORT, compression).with(262, SHORT, photometric)
                .with(STRIP_AT, LONG, 0).with(277, SHORT, samples).with(278, SHORT, height).with(279, LONG, data.length).with(284, SHORT, 1);
    }

    Tiff with(int tag, int type, int... values) {
        var bytes = little(values.length * (type == SHORT ? 2 : 4));
        for (int value : values) {
            if (type == SHORT) {
                bytes.putShort((short) value);
            } else {
                bytes.putInt(value);
            }
        }
        return with(tag, type, bytes.array());
    }

    Tiff with(int tag, int type, byte[] bytes) {
        fields.put(tag, new Value(type, bytes));
        return this;
    }

    /** A strip for each sample of a pixel. */
    Tiff planar(int planes) {
        int[] bytes = new int[planes];
        java.util.Arrays.fill(bytes, data.length / planes);
        return with(STRIP_AT, LONG, new int[planes]).with(279, LONG, bytes).with(284, SHORT, 2);
    }

    /** One tile instead of a strip. */
    Tiff tiled(int width, int height, int bytes) {
        fields.keySet().removeAll(java.util.List.of(STRIP_AT, 278, 279));
        return with(322, SHORT, width).with(323, SHORT, height).with(TILE_AT, LONG, 0).with(325, LONG, bytes);
    }

    byte[] file() {
        return file(false, 0);
    }

    byte[] big() {
        return file(true, 0);
    }

    /** @param next where another directory is, if one is put behind this file */
    byte[] file(boolean big, int next) {
        int start = big ? 16 : 8;
        int entry = big ? 20 : 12;
        int inside = big ? 8 : 4;
        int values = start + (big ? 8 : 2) + entry * fields.size() + inside;
        int total = values + fields.values().stream().mapToInt(value -> value.bytes().length > inside ? even(value.bytes().length) : 0).sum();
        var file = little(total + data.length);
        if (big) {
            file.put(latin1("II+\0\b\0\0\0")).putLong(start).putLong(fields.size());
        } else {
            file.put(latin1("II*\0")).putInt(start).putShort((short) fields.size());
        }
        int behind = values;
        for (var field : fields.entrySet()) {
            byte[] bytes = field.getValue().bytes();
            file.putShort(field.getKey().shortValue()).putShort((short) field.getValue().type());
            number(file, big, field.getValue().count());
            int strips = field.getValue().count();
            if (field.getKey() == STRIP_AT && strips > 1) {
                for (int strip = 0; strip < strips; strip++) {
                    file.putInt(behind + 4 * strip, total + data.length / strips * strip);
                }
                number(file, big, behind);
                behind += bytes.length;
            } else if (field.getKey() == STRIP_AT || field.getKey() == TILE_AT) {
                number(file, big, total);
            } else if (bytes.length > inside) {
                number(file, big, behind);
                file.put(behind, bytes);
                behind += even(bytes.length);
            } else {
                file.put(bytes).position(file.position() + inside - bytes.length);
            }
        }
        number(file, big, next);
        return file.put(total, data).array();
    }

    private static void number(ByteBuffer file, boolean big, int value) {
        if (big) {
            file.putLong(value);
        } else {
            file.putInt(value);
        }
    }

    private static int even(int length) {
        return length + (length & 1);
    }

    static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
