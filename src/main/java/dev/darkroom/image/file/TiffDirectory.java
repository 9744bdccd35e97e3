package dev.darkroom.image.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One image file directory of a TIFF file or an EXIF block (TIFF 6.0): numbered fields, and where the next directory is. */
record TiffDirectory(ByteReader tiff, SortedMap<Integer, Field> fields, long nextAt, long next) {

    static final int ORIENTATION = 274;
    static final int X_RESOLUTION = 282;
    static final int Y_RESOLUTION = 283;
    static final int RESOLUTION_UNIT = 296;

    /** Bytes of one value by field type, 0 for types that do not exist. */
    static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};
    static final int SHORT = 3;
    static final int LONG = 4;
    static final int RATIONAL = 5;

    /** @param valueAt where the value is, which for more than four bytes is not in the directory */
    record Field(int type, long count, long valueAt) {

        /** Of all its values. */
        long bytes() {
            return type < TYPE_BYTES.length ? count * TYPE_BYTES[type] : 0;
        }
    }

    /** @throws DamagedImageException if {@code file} is no TIFF, or its first directory is out of bounds */
    static TiffDirectory first(ByteReader file) {
        boolean little = file.has(0, "II*\0");
        if (!little && !file.has(0, "MM\0*")) {
            throw new DamagedImageException("the TIFF has no valid byte order");
        }
        var tiff = file.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        return at(tiff, tiff.u32(4));
    }

    static TiffDirectory at(ByteReader tiff, long offset) {
        int count = tiff.u16(offset);
        var fields = new TreeMap<Integer, Field>();
        for (long at = offset + 2; at < offset + 2 + 12L * count; at += 12) {
            int type = tiff.u16(at + 2);
            long values = tiff.u32(at + 4);
            long bytes = values * (type < TYPE_BYTES.length ? TYPE_BYTES[type] : 0);
            fields.putIfAbsent(tiff.u16(at), new Field(type, values, bytes <= 4 ? at + 8 : tiff.u32(at + 8)));
        }
        long nextAt = offset + 2 + 12L * count;
        // An EXIF block may end without naming a next directory.
        return new TiffDirectory(tiff, fields, nextAt, nextAt + 4 <= tiff.size() ? tiff.u32(nextAt) : 0);
    }

    /** The directory that a field refers to. */
    Optional<TiffDirectory> directory(int tag) {
        long offset = number(tag, 0);
        return offset == 0 ? Optional.empty() : Metadata.ifIntact(() -> Optional.of(at(tiff, offset)));
    }

    /** Changes a field of one whole number in {@code copy}, a copy of this file in its byte order; no other field. */
    void overwrite(int tag, int value, ByteBuffer copy) {
        var field = fields.get(tag);
        if (field == null || field.count() != 1 || field.valueAt() + 4 > copy.capacity()) {
            return;
        }
        if (field.type() == SHORT && value <= 0xffff) {
            copy.putShort((int) field.valueAt(), (short) value);
        } else if (field.type() == LONG) {
            copy.putInt((int) field.valueAt(), value);
        }
    }

    boolean has(int tag) {
        return fields.containsKey(tag);
    }

    /** The first value of a whole-number field, or {@code absent}. */
    long number(int tag, long absent) {
        return has(tag) ? number(tag, 0, absent) : absent;
    }

    private long number(int tag, int index, long absent) {
        var field = fields.get(tag);
        if (index >= field.count()) {
            return absent;
        }
        return switch (field.type()) {
            case SHORT -> tiff.u16(field.valueAt() + 2L * index);
            case LONG -> tiff.u32(field.valueAt() + 4L * index);
            default -> absent;
        };
    }

    /** Whether each value of a field, if it is there at all, equals {@code wanted}. */
    boolean all(int tag, long wanted) {
        if (!has(tag)) {
            return true;
        }
        // No field compared here has more values than a pixel has samples.
        for (int i = 0; i < Math.min(fields.get(tag).count(), 8); i++) {
            if (number(tag, i, -1) != wanted) {
                return false;
            }
        }
        return true;
    }

    /** A field of bytes as they are. */
    Optional<byte[]> bytes(int tag, int atMost) {
        return Optional.ofNullable(fields.get(tag))
                .filter(field -> field.type() < TYPE_BYTES.length && TYPE_BYTES[field.type()] == 1 && field.count() <= atMost)
                .map(field -> tiff.array(field.valueAt(), field.count()));
    }

    Orientation orientation() {
        return Orientation.ofExif(number(ORIENTATION, 1));
    }

    Optional<Resolution> resolution() {
        return Resolution.of(rational(X_RESOLUTION), rational(Y_RESOLUTION),
                (int) number(RESOLUTION_UNIT, Resolution.UNIT_INCH));
    }

    private double rational(int tag) {
        var field = fields.get(tag);
        if (field == null || field.type() != RATIONAL || field.count() == 0) {
            return Double.NaN;
        }
        return (double) tiff.u32(field.valueAt()) / tiff.u32(field.valueAt() + 4);
    }
}
