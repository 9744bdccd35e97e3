package dev.darkroom.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A small tensor written into a manifest.
 *
 * @param shape its dimensions, outermost first
 * @param float32 its values in row-major order, little-endian IEEE 754, base64
 */
public record TensorLiteral(List<Long> shape, String float32) {

    public TensorLiteral {
        shape = List.copyOf(shape);
    }

    /** Writes the values down; their number is the product of the dimensions. */
    public static TensorLiteral of(long[] shape, float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        var literal = new TensorLiteral(
                Arrays.stream(shape).boxed().toList(), Base64.getEncoder().encodeToString(bytes.array()));
        if (literal.elements() != values.length) {
            throw new IllegalArgumentException(values.length + " values do not fill shape " + literal.shape);
        }
        return literal;
    }

    /** The dimensions as an array. */
    public long[] dimensions() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }

    /**
     * The values in row-major order.
     *
     * @throws IllegalArgumentException if they are not base64 or do not fill the shape
     * @throws ArithmeticException if the shape has more elements than can be counted
     */
    public float[] values() {
        byte[] bytes = Base64.getDecoder().decode(float32);
        if (bytes.length != Math.multiplyExact(elements(), Float.BYTES)) {
            throw new IllegalArgumentException(bytes.length + " bytes do not fill shape " + shape);
        }
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    private long elements() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
