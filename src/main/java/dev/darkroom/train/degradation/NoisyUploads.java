package dev.darkroom.train.degradation;

import dev.darkroom.train.photo.Excerpt;
import dev.darkroom.train.photo.Planes;
import java.util.random.RandomGenerator;

/**
 * Gaussian noise of every strength the denoiser promises to handle, mostly as uploads carry it.
 *
 * <p>sigma255 is 75 u^1.5 with u uniform, so that half of the crops lie below 27, where a small error costs most PSNR;
 * one crop in twenty has sigma 100 (the projected distribution loss's Table 1). Half are clipped and rounded to 8 bits
 * as in a file, the others keep the unclipped noise of the literature's protocol (FFDNet, Zhang et al. 2018).
 * One in ten is grayscale: three equal planes with equal noise, which a network that only ever saw independent noise
 * in each channel takes for texture. Two in five are softened: weak noise has to be found on smooth pictures as well.
 */
public final class NoisyUploads implements Degradation {
    private static final double SHARE_OF_SIGMA_100 = 0.05;
    private static final double SHARE_CLIPPED = 0.5;
    private static final double SHARE_GRAY = 0.1;
    private static final double SHARE_SHARP = 0.6;

    @Override
    public Example apply(Excerpt clean, RandomGenerator random) {
        double sigma255 = random.nextDouble() < SHARE_OF_SIGMA_100 ? 100 : 75 * Math.pow(random.nextDouble(), 1.5);
        boolean clipped = random.nextDouble() < SHARE_CLIPPED;
        boolean gray = random.nextDouble() < SHARE_GRAY;
        Planes picture = Softness.random(SHARE_SHARP, random).of(clean, 0);
        Planes target = gray ? picture.luma() : picture;
        Planes unclipped = GaussianNoise.added(target, sigma255, random);
        Planes noisy = clipped ? unclipped.as8Bit() : unclipped;
        Told told = Told.white(sigma255, gray);
        return gray ? told.example(noisy.threefold(), target.threefold()) : told.example(noisy, target);
    }

    /** Every excerpt with noise of the same strength, clipped and rounded to 8 bits. */
    public static Degradation of(int sigma255) {
        return (clean, random) -> Told.white(sigma255, false).example(GaussianNoise.added(clean.clean(), sigma255, random).as8Bit(), clean.clean());
    }
}
