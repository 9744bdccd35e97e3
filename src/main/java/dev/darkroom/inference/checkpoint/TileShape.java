package dev.darkroom.inference.checkpoint;

import dev.darkroom.model.Manifest;

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

    /** What a network makes of samples of this shape. */
    public TileShape restoredBy(Manifest network) {
        int scale = network.scale();
        return new TileShape(height * scale, width * scale, network.channels().restored(channels), bytesPerSample);
    }
}
