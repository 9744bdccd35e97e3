package dev.darkroom.model.pytorch;

import java.nio.ByteBuffer;

/** The element types of PyTorch's storages, little-endian. */
enum StorageType implements Global {
    FLOAT("FloatStorage", 4) {
        @Override
        float read(ByteBuffer bytes, int at) {
            return bytes.getFloat(at);
        }
    },
    DOUBLE("DoubleStorage", 8) {
        @Override
        float read(ByteBuffer bytes, int at) {
            return (float) bytes.getDouble(at);
        }
    },
    HALF("HalfStorage", 2) {
        @Override
        float read(ByteBuffer bytes, int at) {
            return half(bytes.getShort(at));
        }
    },
    BFLOAT16("BFloat16Storage", 2) {
        @Override
        float read(ByteBuffer bytes, int at) {
            return Float.intBitsToFloat(bytes.getShort(at) << 16);
        }
    },
    LONG("LongStorage", 8) {
        @Override
        float read(ByteBuffer bytes, int at) {
            return bytes.getLong(at);
        }
    },
    INT("IntStorage", 4) {
        @Override
        float read(ByteBuffer bytes, int at) {
            return bytes.getInt(at);
        }
    },
    SHORT("ShortStorage", 2) {
        @Override
        float read(ByteBuffer bytes, int at) {
            return bytes.getShort(at);
        }
    },
    CHAR("CharStorage", 1) {
        @Override
        float read(ByteBuffer bytes, int at) {
            return bytes.get(at);
        }
    },
    BYTE("ByteStorage", 1) {
        @Override
        float read(ByteBuffer bytes, int at) {
            return Byte.toUnsignedInt(bytes.get(at));
        }
    },
    BOOL("BoolStorage", 1) {
        @Override
        float read(ByteBuffer bytes, int at) {
            return bytes.get(at) == 0 ? 0 : 1;
        }
    };

    private final String className;
    private final int size;

    StorageType(String className, int size) {
        this.className = className;
        this.size = size;
    }

    /** The element whose bytes start at the position. */
    abstract float read(ByteBuffer bytes, int at);

    /** Bytes of one element. */
    int size() {
        return size;
    }

    @Override
    public String qualifiedName() {
        return "torch." + className;
    }

    /** IEEE 754 binary16: 1 sign bit, 5 of exponent (bias 15), 10 of fraction. */
    private static float half(short bits) {
        float sign = bits < 0 ? -1 : 1;
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0x1f) {
            return fraction == 0 ? sign * Float.POSITIVE_INFINITY : Float.NaN;
        }
        return exponent == 0
                ? sign * Math.scalb((float) fraction, -24)
                : sign * Math.scalb((float) (fraction + 0x400), exponent - 25);
    }
}
