package dev.darkroom.estimate.picture;

import java.nio.ByteBuffer;

/** Copies a rectangle inside an image to a direct buffer: interleaved, row by row without gaps, 16-bit samples in the machine's byte order. */
@FunctionalInterface
public interface SampleReader {

    void read(int x, int y, int width, int height, ByteBuffer samples);
}
