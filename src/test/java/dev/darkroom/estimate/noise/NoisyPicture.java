package dev.darkroom.estimate.noise;

import dev.darkroom.estimate.picture.Picture;
import dev.darkroom.estimate.picture.SampleReader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/** A picture made by code: gradients, ripples and edges, or one colour, with noise that is clipped and rounded as a file's is. */
record NoisyPicture(int width, int height, int channels, int bits, int[] samples) implements SampleReader {

    static NoisyPicture scene(int width, int height, int channels, int bits, double sigma255, long seed) {
        return make(width, height, channels, bits, sigma255, seed, i -> scene(i / channels % width, i / channels / width, i % channels));
    }

    static NoisyPicture flat(int value, int width, int height, int channels, double sigma255) {
        return make(width, height, channels, 8, sigma255, 1, i -> value);
    }

    private static int scene(int x, int y, int channel) {
        double light = 60 + 90 * (0.5 + 0.5 * Math.sin(x / 70.0 + channel)) + 20 * Math.cos(y / 40.0 - channel);
        boolean textured = (x / 48 + y / 48) % 4 == 0;
        double texture = textured ? 25 * Math.sin(x * 1.3) * Math.sin(y * 0.9) : 0;
        double edge = x % 120 > 80 && y % 90 > 50 ? 60 : 0;
        return (int) Math.round(light + texture + edge);
    }

    private static NoisyPicture make(int width, int height, int channels, int bits, double sigma255, long seed, IntUnaryOperator clean) {
        var random = new Random(seed);
        int white = (1 << bits) - 1;
        int[] samples = new int[width * height * channels];
        Arrays.setAll(samples, i -> {
            double value = (clean.applyAsInt(i) + sigma255 * random.nextGaussian()) * white / 255;
            return (int) Math.rint(Math.min(white, Math.max(0, value)));
        });
        return new NoisyPicture(width, height, channels, bits, samples);
    }

    /** The same first channel in all three. */
    NoisyPicture withEqualChannels() {
        int[] equal = new int[samples.length];
        Arrays.setAll(equal, i -> samples[i - i % channels]);
        return new NoisyPicture(width, height, channels, bits, equal);
    }

    double estimate() {
        return NoiseEstimator.sigma255(new Picture(width, height, channels, bits, this, Optional.empty()));
    }

    @Override
    public void read(int x, int y, int regionWidth, int regionHeight, ByteBuffer buffer) {
        for (int row = y; row < y + regionHeight; row++) {
            for (int i = (row * width + x) * channels; i < (row * width + x + regionWidth) * channels; i++) {
                if (bits == 8) {
                    buffer.put((byte) samples[i]);
                } else {
                    buffer.putShort((short) samples[i]);
                }
            }
        }
    }
}
