package dev.darkroom.model.numpy;

import dev.darkroom.model.pytorch.WeightTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One array as NumPy writes it ({@code .npy}). Source: NumPy's {@code numpy/lib/format.py}, versions 1.0 to 3.0. */
final class NumpyArray {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 10_000;
    private static final int MAX_RANK = 16;

    // Exactly what NumPy writes for plain arrays; another order of keys has never been seen.
    private static final Pattern HEADER = Pattern.compile(
            "\\{'descr': '<f([48])', 'fortran_order': (False|True), 'shape': \\(((?:\\d{1,10}(?:, \\d{1,10})*,?)?)\\),? ?} *\n?");

    private NumpyArray() {}

    /** @throws MalformedArchiveException if the bytes are anything but one whole array */
    static WeightTensor read(ByteBuffer bytes) {
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        Matcher header = HEADER.matcher(header(bytes));
        if (!header.matches()) {
            throw new MalformedArchiveException("an array is neither float32 nor float64");
        }
        int size = Integer.parseInt(header.group(1));
        long[] shape = Stream.of(header.group(3).split(",")).map(String::strip)
                .filter(length -> !length.isEmpty()).mapToLong(Long::parseLong).toArray();
        float[] data = new float[elements(shape, size, bytes.remaining())];
        boolean byColumns = header.group(2).equals("True");
        for (int i = 0; i < data.length; i++) {
            data[byColumns ? byRows(i, shape) : i] = size == Float.BYTES ? bytes.getFloat() : (float) bytes.getDouble();
        }
        return new WeightTensor(shape, data);
    }

    /** Where the i-th element lies with the last index fastest, if i counts with the first index fastest. */
    private static int byRows(int i, long[] shape) {
        long place = 0;
        long stride = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        long rest = i;
        for (long length : shape) {
            stride /= length;
            place += rest % length * stride;
            rest /= length;
        }
        return (int) place;
    }

    private static String header(ByteBuffer bytes) {
        byte[] magic = take(bytes, MAGIC.length);
        int version = take(bytes, 2)[0];
        if (!Arrays.equals(magic, MAGIC) || version < 1 || version > 3) {
            throw new MalformedArchiveException("an entry is not an array of NumPy");
        }
        int lengthBytes = version == 1 ? Short.BYTES : Integer.BYTES;
        ByteBuffer length = ByteBuffer.wrap(take(bytes, lengthBytes)).order(ByteOrder.LITTLE_ENDIAN);
        return new String(
                take(bytes, version == 1 ? Short.toUnsignedInt(length.getShort()) : length.getInt()),
                StandardCharsets.UTF_8);
    }

    private static byte[] take(ByteBuffer bytes, int length) {
        if (length < 0 || length > LONGEST_HEADER || length > bytes.remaining()) {
            throw new MalformedArchiveException("an array ends within its header");
        }
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }

    private static int elements(long[] shape, int size, int bytes) {
        try {
            long elements = 1;
            for (long length : shape) {
                elements = Math.multiplyExact(elements, length);
            }
            if (shape.length <= MAX_RANK && Math.multiplyExact(elements, size) == bytes) {
                return (int) elements;
            }
        } catch (ArithmeticException e) {
            // More elements than a long counts are surely more than there are.
        }
        throw new MalformedArchiveException("an array has another length than its shape says");
    }
}
