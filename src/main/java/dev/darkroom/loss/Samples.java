package dev.darkroom.loss;

import java.nio.ByteBuffer;

/**
 * A picture's samples where they are.
 *
 * @param channels 1 for gray, 3 for RGB
 * @param bits 8 or 16
 */
public record Samples(int width, int height, int channels, int bits, Rows rows) {

    /** Copies rows of a picture. */
    @FunctionalInterface
    public interface Rows {

        /**
         * Puts {@code count} rows into a direct buffer: interleaved, without gaps, 16-bit samples in the machine's byte order.
         */
        void read(int first, int count, ByteBuffer samples);
    }

    /** Bytes of a row. */
    int bytesPerRow() {
        return width * channels * (bits / 8);
    }
}
