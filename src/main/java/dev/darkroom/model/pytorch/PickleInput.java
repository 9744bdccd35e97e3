package dev.darkroom.model.pytorch;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The operands in a stream of pickle instructions; never reads, nor allocates, more than the stream holds. */
final class PickleInput {

    private static final int LONGEST_NAME = 200;

    private final ByteBuffer bytes;

    PickleInput(ByteBuffer bytes) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    int unsignedByte() {
        require(1);
        return Byte.toUnsignedInt(bytes.get());
    }

    int unsignedShort() {
        require(2);
        return Short.toUnsignedInt(bytes.getShort());
    }

    int signedInt() {
        require(4);
        return bytes.getInt();
    }

    /** Floating-point operands alone are big-endian. */
    double bigEndianDouble() {
        require(8);
        return Double.longBitsToDouble(Long.reverseBytes(bytes.getLong()));
    }

    /** A length in four bytes, then UTF-8. */
    String text() {
        return new String(take(Integer.toUnsignedLong(signedInt())), StandardCharsets.UTF_8);
    }

    /** A length in one byte, then the text of Python 2. */
    String shortText() {
        return new String(take(unsignedByte()), StandardCharsets.UTF_8);
    }

    /** A length in one byte, then a little-endian two's complement number: Long where it fits, else BigInteger. */
    Number number() {
        byte[] littleEndian = take(unsignedByte());
        byte[] bigEndian = new byte[littleEndian.length + 1];
        bigEndian[0] = littleEndian.length > 0 && littleEndian[littleEndian.length - 1] < 0 ? (byte) -1 : 0;
        for (int i = 0; i < littleEndian.length; i++) {
            bigEndian[bigEndian.length - 1 - i] = littleEndian[i];
        }
        var number = new BigInteger(bigEndian);
        return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
    }

    /** Text up to the end of the line. */
    String line() {
        var line = new StringBuilder();
        for (int next = unsignedByte(); next != '\n'; next = unsignedByte()) {
            if (line.length() == LONGEST_NAME) {
                throw UnsafePickleException.global(line.toString());
            }
            line.append((char) next);
        }
        return line.toString();
    }

    private byte[] take(long length) {
        require(length);
        byte[] taken = new byte[(int) length];
        bytes.get(taken);
        return taken;
    }

    private void require(long length) {
        if (length > bytes.remaining()) {
            throw new MalformedStateDictionaryException("the file ends too early");
        }
    }
}
