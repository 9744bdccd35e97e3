package dev.darkroom.train.degradation;

import dev.darkroom.train.photo.Excerpt;
import dev.darkroom.train.photo.Planes;
import java.util.random.RandomGenerator;

/**
 * Bayer mosaics as cameras record them: most without noise, where errors cost most, the others with Gaussian noise that
 * is added to the mosaic and clipped to 8 bits.
 */
public final class NoisyMosaics implements Degradation {
    private static final double SHARE_NOISE_FREE = 0.6;
    private static final double STRONGEST_SIGMA_255 = 50;

    @Override
    public Example apply(Excerpt clean, RandomGenerator random) {
        double sigma255 = random.nextDouble() < SHARE_NOISE_FREE ? 0 : STRONGEST_SIGMA_255 * Math.pow(random.nextDouble(), 2);
        return mosaic(clean, sigma255, random);
    }

    /** Every excerpt with the same noise. */
    public static Degradation of(double sigma255) {
        return (clean, random) -> mosaic(clean, sigma255, random);
    }

    private static Example mosaic(Excerpt clean, double sigma255, RandomGenerator random) {
        Planes target = clean.clean();
        Planes mosaic = BayerMosaic.of(target);
        Planes noisy = sigma255 == 0 ? mosaic : GaussianNoise.added(mosaic, sigma255, random).as8Bit();
        return new Example(noisy, target, (float) (sigma255 / 255));
    }
}
