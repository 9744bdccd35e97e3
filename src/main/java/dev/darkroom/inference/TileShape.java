package dev.darkroom.inference;

/**
 * The extent of a tile's samples: interleaved, {@code channels} 1 (gray) or 3 (RGB), {@code bytesPerSample} 1 or 2
 * (little-endian).
 */
public record TileShape(int height, int width, int channels, int bytesPerSample) {

    public int bytes() {
        return height * width * channels * bytesPerSample;
    }

    public int pixels() {
        return height * width;
    }

    TileShape scaled(int scale) {
        return new TileShape(height * scale, width * scale, channels, bytesPerSample);
    }
}
