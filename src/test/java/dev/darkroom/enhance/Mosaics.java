package dev.darkroom.enhance;

import dev.darkroom.image.Pictures;
import dev.darkroom.image.Raster;
import java.nio.ByteBuffer;
import java.util.Random;

/** Pictures as a sensor behind a colour filter array sees them. */
public final class Mosaics {
    private Mosaics() {}

    /** Three different ramps, which the mean of neighbours continues exactly; at most about 60 pixels wide and high in 8 bits. */
    public static Raster ramps(int width, int height, int bits) {
        ByteBuffer samples = Pictures.buffer(3L * width * height * bits / 8);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                put(samples, bits, 20 + x + y);
                put(samples, bits, 100 - x);
                put(samples, bits, 40 + 2 * y);
            }
        }
        return Pictures.raster(width, height, 3, bits, samples.flip());
    }

    private static void put(ByteBuffer samples, int bits, int value) {
        if (bits == 8) {
            samples.put((byte) value);
        } else {
            samples.putShort((short) (60 * (value + 300)));
        }
    }

    public static Raster noise(int width, int height, int channels, int bits) {
        byte[] bytes = new byte[width * height * channels * bits / 8];
        new Random(5).nextBytes(bytes);
        return Pictures.raster(width, height, channels, bits, Pictures.buffer(bytes.length).put(bytes).flip());
    }

    /** Of each pixel the colour that the pattern names there; frees the picture. */
    public static Raster mosaic(Raster picture, String pattern) {
        try (picture) {
            int[] colours = Pictures.samples(picture);
            int width = picture.width();
            int bits = picture.bits();
            ByteBuffer samples = Pictures.buffer((long) width * picture.height() * bits / 8);
            for (int i = 0; i < width * picture.height(); i++) {
                int sample = colours[3 * i + "rgb".indexOf(pattern.charAt(i / width % 2 * 2 + i % width % 2))];
                if (bits == 8) {
                    samples.put((byte) sample);
                } else {
                    samples.putShort((short) sample);
                }
            }
            return Pictures.raster(width, picture.height(), 1, bits, samples.flip());
        }
    }

    /** The largest difference of two RGB pictures, of which the second begins so far right of and below the first, a pixel off all edges. */
    public static int difference(Raster picture, Raster part, int right, int below) {
        int[] samples = Pictures.samples(picture);
        int[] others = Pictures.samples(part);
        int largest = 0;
        for (int y = 1; y < part.height() - 1; y++) {
            for (int x = 1; x < part.width() - 1; x++) {
                for (int c = 0; c < 3; c++) {
                    int sample = samples[((y + below) * picture.width() + x + right) * 3 + c];
                    largest = Math.max(largest, Math.abs(sample - others[(y * part.width() + x) * 3 + c]));
                }
            }
        }
        return largest;
    }
}
