package dev.darkroom.score;

import dev.darkroom.enhance.Scenes;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.file.ImageFormat;
import java.nio.ByteBuffer;

/** Pictures of one shade throughout. */
public final class Flat {

    private Flat() {}

    public static byte[] flat(int shade, int width, int height) {
        return flat(shade, width, height, ImageFormat.PNG);
    }

    public static byte[] flat(int shade, int width, int height, ImageFormat format) {
        return Scenes.file(Pictures.raster(width, height, 3, 8, filled(width * height * 3, (byte) shade)), format);
    }

    public static byte[] flatGray(int shade) {
        return Scenes.file(Pictures.raster(12, 12, 1, 8, filled(12 * 12, (byte) shade)), ImageFormat.PNG);
    }

    public static ByteBuffer filled(int bytes, byte value) {
        ByteBuffer samples = Pictures.buffer(bytes);
        while (samples.hasRemaining()) {
            samples.put(value);
        }
        return samples.flip();
    }
}
