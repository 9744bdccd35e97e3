package dev.darkroom.image.file;

/** Values of a field as decimals (TIFF 6.0, section 2). */
final class TiffNumbers {
    private static final int BYTE = 1;
    private static final int SBYTE = 6;
    private static final int SSHORT = 8;
    private static final int SLONG = 9;
    private static final int SRATIONAL = 10;
    private static final int FLOAT = 11;
    private static final int DOUBLE = 12;

    private TiffNumbers() {}

    /** Bytes of one value; 0 of a type that is no number. */
    static int unit(int type) {
        return switch (type) {
            case BYTE, SBYTE -> 1;
            case TiffDirectory.SHORT, SSHORT -> 2;
            case TiffDirectory.LONG, SLONG, FLOAT -> 4;
            case TiffDirectory.RATIONAL, SRATIONAL, DOUBLE -> 8;
            default -> 0;
        };
    }

    /** @param values the values and nothing else */
    static double[] decimals(ByteReader values, int type, int count) {
        var decimals = new double[count];
        for (int i = 0; i < count; i++) {
            decimals[i] = decimal(values, type, (long) i * unit(type));
        }
        return decimals;
    }

    private static double decimal(ByteReader values, int type, long at) {
        return switch (type) {
            case BYTE -> values.u8(at);
            case SBYTE -> (byte) values.u8(at);
            case TiffDirectory.SHORT -> values.u16(at);
            case SSHORT -> (short) values.u16(at);
            case TiffDirectory.LONG -> values.u32(at);
            case SLONG -> (int) values.u32(at);
            case TiffDirectory.RATIONAL -> (double) values.u32(at) / values.u32(at + 4);
            case SRATIONAL -> (double) (int) values.u32(at) / (int) values.u32(at + 4);
            case FLOAT -> Float.intBitsToFloat((int) values.u32(at));
            default -> Double.longBitsToDouble(values.buffer(at, 8).order(values.order()).getLong());
        };
    }
}
