package dev.darkroom.model.pytorch;

import java.nio.ByteBuffer;

/**
 * A tensor as PyTorch writes it: a strided view of a storage.
 *
 * @param offset of its first element, in elements
 * @param stride how many elements lie between neighbours along each dimension
 */
record TensorView(StorageReference storage, long offset, long[] shape, long[] stride) {

    private static final int MAX_RANK = 16;

    TensorView {
        if (shape.length != stride.length || shape.length > MAX_RANK) {
            throw new MalformedStateDictionaryException("a tensor's shape and stride do not fit each other");
        }
        try {
            requireInside(storage, offset, shape, stride);
        } catch (ArithmeticException e) {
            throw new MalformedStateDictionaryException("a tensor reaches beyond its storage", e);
        }
    }

    long elements() {
        long elements = 1;
        for (long dimension : shape) {
            elements = Math.multiplyExact(elements, dimension);
        }
        return elements;
    }

    /** Copies the elements out of the storage's bytes, in row-major order. */
    WeightTensor resolve(ByteBuffer bytes) {
        float[] data = new float[Math.toIntExact(elements())];
        long[] index = new long[shape.length];
        long position = offset;
        for (int i = 0; i < data.length; i++) {
            data[i] = storage.type().read(bytes, (int) position * storage.type().size());
            for (int d = shape.length - 1; d >= 0; d--) {
                position += stride[d];
                if (++index[d] < shape[d]) {
                    break;
                }
                position -= stride[d] * shape[d];
                index[d] = 0;
            }
        }
        return new WeightTensor(shape, data);
    }

    private static void requireInside(StorageReference storage, long offset, long[] shape, long[] stride) {
        long elements = 1;
        long last = offset;
        boolean negative = offset < 0;
        for (int d = 0; d < shape.length; d++) {
            negative |= shape[d] < 0 || stride[d] < 0;
            elements = Math.multiplyExact(elements, shape[d]);
            last = Math.addExact(last, Math.multiplyExact(shape[d] - 1, stride[d]));
        }
        if (negative || elements > 0 && last >= storage.elements()) {
            throw new MalformedStateDictionaryException("a tensor reaches beyond its storage");
        }
    }
}
