package dev.darkroom.estimate.jpeg;

import java.nio.ByteBuffer;

/** The cosine transform of JPEG's blocks of 8 x 8 pixels, orthonormal, of luma on the 0..255 scale. */
final class BlockTransform {
    static final int SIDE = 8;
    static final int FREQUENCIES = SIDE * SIDE;
    private static final float[] COSINES = cosines();

    private BlockTransform() {}

    /** Row by row from the lowest frequency. */
    static float[] of(float[] block) {
        return transformedRows(transformedRows(block));
    }

    /**
     * BT.601's luma.
     *
     * @param at   of the pixel's first sample
     * @param bits of a sample, 8 or 16
     */
    static float luma(ByteBuffer samples, int at, int channels, int bits) {
        return channels == 1 ? sample(samples, at, bits)
                : 0.299f * sample(samples, at, bits) + 0.587f * sample(samples, at + 1, bits) + 0.114f * sample(samples, at + 2, bits);
    }

    static float sample(ByteBuffer samples, int at, int bits) {
        return bits == 8 ? samples.get(at) & 0xff : (samples.getShort(2 * at) & 0xffff) / 257f;
    }

    /** Each row's transform, as a column: twice is the block's. */
    private static float[] transformedRows(float[] block) {
        float[] transformed = new float[FREQUENCIES];
        for (int row = 0; row < SIDE; row++) {
            for (int frequency = 0; frequency < SIDE; frequency++) {
                transformed[frequency * SIDE + row] = coefficient(block, row * SIDE, 1, frequency);
            }
        }
        return transformed;
    }

    /** Of eight values that lie {@code apart} in an array, the first at {@code from}. */
    static float coefficient(float[] values, int from, int apart, int frequency) {
        float sum = 0;
        for (int i = 0; i < SIDE; i++) {
            sum += values[from + i * apart] * COSINES[frequency * SIDE + i];
        }
        return sum;
    }

    private static float[] cosines() {
        float[] cosines = new float[FREQUENCIES];
        for (int i = 0; i < FREQUENCIES; i++) {
            double scale = Math.sqrt((i < SIDE ? 1.0 : 2.0) / SIDE);
            cosines[i] = (float) (scale * Math.cos(Math.PI * (i / SIDE) * (2 * (i % SIDE) + 1) / (2 * SIDE)));
        }
        return cosines;
    }
}
