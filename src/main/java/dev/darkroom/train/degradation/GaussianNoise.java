package dev.darkroom.train.degradation;

import dev.darkroom.train.photo.Planes;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * White Gaussian noise that anyone can draw again: independent for every channel and pixel, fixed by seed, picture and strength.
 *
 * <p>The values are those of {@link SplittableRandom#nextGaussian()} started from a hash of the three.
 */
public final class GaussianNoise {

    private GaussianNoise() {}

    /**
     * Noise for one picture.
     *
     * @param seed the evaluation's seed
     * @param picture the picture's place in its sorted set, so that a subset sees the same noise as the whole
     * @param sigma255 the standard deviation on the 0..255 scale
     * @param length how many values, in the order of the planar picture (C,H,W)
     * @return noise on the 0..1 scale
     */
    public static float[] sample(long seed, int picture, float sigma255, int length) {
        return draw(new SplittableRandom(hash(hash(hash(seed) + picture) + Float.floatToIntBits(sigma255))), sigma255, length);
    }

    /** The generator's next values as noise on the 0..1 scale. */
    static float[] draw(RandomGenerator random, double sigma255, int length) {
        float[] noise = new float[length];
        for (int i = 0; i < length; i++) {
            noise[i] = (float) (random.nextGaussian() * sigma255 / 255);
        }
        return noise;
    }

    /** The picture with the generator's next values added to it, neither clipped nor rounded. */
    public static Planes added(Planes picture, double sigma255, RandomGenerator random) {
        float[] noisy = draw(random, sigma255, picture.values().length);
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] += picture.values()[i];
        }
        return picture.with(noisy);
    }

    // SplitMix64's finaliser: neighbouring seeds and pictures must not start neighbouring sequences.
    public static long hash(long value) {
        long mixed = value + 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
