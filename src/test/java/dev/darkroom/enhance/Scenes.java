package dev.darkroom.enhance;

import dev.darkroom.image.Photo;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.Raster;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.Metadata;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Pictures with edges and gradients, clean and noisy, as files and as samples. */
public final class Scenes {
    private Scenes() {}

    /** Discs on gradients. */
    public static Raster clean(int width, int height, int channels) {
        return noisy(width, height, channels, 0);
    }

    /** The same scene with Gaussian noise of {@code sigma255}, rounded and clipped to 8 bits. */
    public static Raster noisy(int width, int height, int channels, double sigma255) {
        var random = new Random(11);
        var samples = Pictures.buffer((long) width * height * channels);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < channels; c++) {
                    double noise = sigma255 == 0 ? 0 : sigma255 * random.nextGaussian();
                    samples.put((byte) Math.round(Math.max(0, Math.min(255, value(x, y, c) + noise))));
                }
            }
        }
        return Pictures.raster(width, height, channels, 8, samples.flip());
    }

    private static double value(int x, int y, int c) {
        int dx = x % 48 - 24;
        int dy = y % 64 - 32;
        boolean disc = dx * dx + dy * dy < 300;
        return disc ? 200 - 45 * c : 70 + 25 * c + 40 * Math.sin((x + 2 * y) / 60.0);
    }

    /** A file of the pixels alone; frees them. */
    public static byte[] file(Raster pixels, ImageFormat format) {
        return Pictures.encode(new Photo(pixels, Optional.empty(), Metadata.NONE), format);
    }

    /** A noisy PNG, small enough for a test that is not about pixels. */
    public static byte[] smallPng() {
        return file(noisy(96, 64, 3, 25), ImageFormat.PNG);
    }

    /** A PNG whose header announces pixels that are not there. */
    public static byte[] headerOnly(int width, int height) {
        byte[] signature = Arrays.copyOf(smallPng(), 8);
        byte[] ihdr = Pictures.pngChunk("IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0}).array());
        byte[] end = Pictures.pngChunk("IEND", new byte[0]);
        return ByteBuffer.allocate(signature.length + ihdr.length + end.length).put(signature).put(ihdr).put(end).array();
    }

    /** Of the decoded file against 8-bit samples, in dB. */
    public static double psnr(byte[] file, int[] reference) {
        try (Photo photo = Pictures.decode(file)) {
            return psnr(Pictures.samples(photo.pixels()), reference);
        }
    }

    static double psnr(int[] samples, int[] reference) {
        double sum = 0;
        for (int i = 0; i < reference.length; i++) {
            double difference = samples[i] - reference[i];
            sum += difference * difference;
        }
        return 10 * Math.log10(255 * 255 / (sum / reference.length));
    }

    /** Between the samples of two files of the same size. */
    public static int largestDifference(byte[] file, byte[] other) {
        int[] samples = samples(file);
        int[] expected = samples(other);
        if (samples.length != expected.length) {
            throw new AssertionError("the pictures differ in size");
        }
        return IntStream.range(0, samples.length).map(i -> Math.abs(samples[i] - expected[i])).max().orElse(0);
    }

    /** The decoded file's samples, interleaved. */
    public static int[] samples(byte[] file) {
        try (Photo photo = Pictures.decode(file)) {
            return Pictures.samples(photo.pixels());
        }
    }
}
