package dev.darkroom.image.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One image file directory of a TIFF file or an EXIF block (TIFF 6.0), or of a BigTIFF: numbered fields, and where the next directory is.
 *
 * @param big whether places and counts have 8 bytes
 */
public record TiffDirectory(ByteReader tiff, boolean big, SortedMap<Integer, Field> fields, long nextAt, long next) {

    /** Cameras write some 100. */
    private static final int MOST_FIELDS = 4096;
    public static final int ORIENTATION = 274;
    static final int X_RESOLUTION = 282;
    static final int Y_RESOLUTION = 283;
    static final int RESOLUTION_UNIT = 296;

    /** Bytes of one value by field type, 0 for types that do not exist; the last three are BigTIFF's. */
    static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};
    static final int SHORT = 3;
    static final int LONG = 4;
    static final int RATIONAL = 5;
    /** A place of another directory (TIFF technical note 1). */
    static final int IFD = 13;
    private static final int LONG8 = 16;
    private static final int IFD8 = 18;

    /** @param valueAt where the value is, which for more than four bytes (BigTIFF: eight) is not in the directory */
    public record Field(int type, long count, long valueAt) {

        /** Of all its values. */
        public long bytes() {
            return count * unit(type);
        }
    }

    /** Bytes of one value. */
    private static int unit(int type) {
        return type < TYPE_BYTES.length ? TYPE_BYTES[type] : 0;
    }

    /** Whether a file begins as a TIFF or BigTIFF. */
    public static boolean begins(ByteReader file) {
        return file.has(0, "II*\0") || file.has(0, "MM\0*") || isBig(file);
    }

    private static boolean isBig(ByteReader file) {
        return file.has(0, "II+\0\b\0\0\0") || file.has(0, "MM\0+\0\b\0\0");
    }

    /** @throws DamagedImageException if {@code file} is no TIFF, or its first directory is out of bounds */
    public static TiffDirectory first(ByteReader file) {
        if (!begins(file)) {
            throw new DamagedImageException("the TIFF has no valid byte order");
        }
        var tiff = file.order(file.has(0, "II") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        return at(tiff, isBig(file), firstAt(tiff));
    }

    /** Where the first directory of a file is, in the file's byte order. */
    public static long firstAt(ByteReader file) {
        var tiff = file.order(file.has(0, "II") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        return isBig(file) ? tiff.u64(8) : tiff.u32(4);
    }

    /** Another one of the same file. */
    public TiffDirectory another(long offset) {
        return at(tiff, big, offset);
    }

    private static TiffDirectory at(ByteReader tiff, boolean big, long offset) {
        long count = big ? tiff.u64(offset) : tiff.u16(offset);
        if (count > MOST_FIELDS) {
            throw new DamagedImageException("the TIFF's directory does not end");
        }
        int entry = big ? 20 : 12;
        long start = offset + (big ? 8 : 2);
        var fields = new TreeMap<Integer, Field>();
        for (long at = start; at < start + entry * count; at += entry) {
            int type = tiff.u16(at + 2);
            long values = big ? tiff.u64(at + 4) : tiff.u32(at + 4);
            long valueAt = at + (big ? 12 : 8);
            if (values <= Integer.MAX_VALUE) {
                boolean within = values * unit(type) <= (big ? 8 : 4);
                fields.putIfAbsent(tiff.u16(at), new Field(type, values, within ? valueAt : big ? tiff.u64(valueAt) : tiff.u32(valueAt)));
            }
        }
        long nextAt = start + entry * count;
        // An EXIF block may end without naming a next directory.
        boolean hasNext = nextAt + (big ? 8 : 4) <= tiff.size();
        return new TiffDirectory(tiff, big, fields, nextAt, !hasNext ? 0 : big ? tiff.u64(nextAt) : tiff.u32(nextAt));
    }

    /** The directory that a field refers to. */
    public Optional<TiffDirectory> directory(int tag) {
        long offset = number(tag, 0);
        return offset == 0 ? Optional.empty() : Metadata.ifIntact(() -> Optional.of(another(offset)));
    }

    /** Changes a field of one whole number in {@code copy}, a copy of this file in its byte order; no other field. */
    public void overwrite(int tag, int value, ByteBuffer copy) {
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

    /** Whether a field's value is there and of a type that exists. */
    public boolean isWhole(Field field) {
        return unit(field.type()) > 0 && field.count() > 0 && field.valueAt() <= tiff.size() - field.bytes();
    }

    public boolean has(int tag) {
        return fields.containsKey(tag);
    }

    /** The first value of a whole-number field, or {@code absent}. */
    public long number(int tag, long absent) {
        return number(tag, 0, absent);
    }

    /** The same of a later value; bytes are no numbers. */
    public long number(int tag, int index, long absent) {
        var field = fields.get(tag);
        if (field == null || index >= field.count()) {
            return absent;
        }
        return switch (field.type()) {
            case SHORT -> tiff.u16(field.valueAt() + 2L * index);
            case LONG, IFD -> tiff.u32(field.valueAt() + 4L * index);
            case LONG8, IFD8 -> tiff.u64(field.valueAt() + 8L * index);
            default -> absent;
        };
    }

    /** Whether each value of a field, if it is there at all, equals {@code wanted}. */
    public boolean all(int tag, long wanted) {
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
    public Optional<byte[]> bytes(int tag, int atMost) {
        return Optional.ofNullable(fields.get(tag))
                .filter(field -> unit(field.type()) == 1 && field.count() <= atMost)
                .map(field -> tiff.array(field.valueAt(), field.count()));
    }

    /** The same of values of any size: IPTC is often said to be made of longer ones. */
    public Optional<byte[]> raw(int tag, int atMost) {
        return Optional.ofNullable(fields.get(tag)).filter(field -> field.bytes() > 0 && field.bytes() <= atMost)
                .map(field -> tiff.array(field.valueAt(), field.bytes()));
    }

    /** Empty if nothing is said of it. */
    public Optional<Orientation> orientation() {
        long value = number(ORIENTATION, 0);
        return value == 0 ? Optional.empty() : Optional.of(Orientation.ofExif(value));
    }

    /**
     * All values of a field as decimals, whatever numbers they are stored as; none if the field is not there. What is divided by zero is NaN
     * or infinite.
     *
     * @throws DamagedImageException if there are more than {@code atMost}, or they lie outside the file
     */
    public double[] decimals(int tag, int atMost) {
        var field = fields.get(tag);
        if (field == null || TiffNumbers.unit(field.type()) == 0) {
            return new double[0];
        }
        if (field.count() > atMost) {
            throw new DamagedImageException("a field of the TIFF has more values than there can be");
        }
        return TiffNumbers.decimals(tiff.slice(field.valueAt(), field.bytes()), field.type(), (int) field.count());
    }

    public Optional<Resolution> resolution() {
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
