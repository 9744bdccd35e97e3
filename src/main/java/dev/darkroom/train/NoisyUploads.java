package dev.darkroom.train;

import java.util.random.RandomGenerator;

/**
 * Gaussian noise of every strength the denoiser promises to handle, mostly as uploads carry it.
 *
 * <p>sigma255 is 75 u^1.5 with u uniform, so that half of the crops lie below 27, where a small error costs most PSNR;
 * one crop in ten has sigma 100 (the projected distribution loss's Table 1). Seven in ten are clipped and rounded to
 * 8 bits as in a file, the others keep the unclipped noise of the literature's protocol (FFDNet, Zhang et al. 2018).
 */
final class NoisyUploads implements Degradation {
    private static final double SHARE_OF_SIGMA_100 = 0.1;
    private static final double SHARE_CLIPPED = 0.7;

    @Override
    public Example apply(Crop clean, RandomGenerator random) {
        double sigma255 = random.nextDouble() < SHARE_OF_SIGMA_100 ? 100 : 75 * Math.pow(random.nextDouble(), 1.5);
        boolean clipped = random.nextDouble() < SHARE_CLIPPED;
        float[] noisy = new GaussianNoise(sigma255, clipped).addTo(clean.planes(), random);
        return new Example(noisy, clean.planes(), new float[] {(float) (sigma255 / 255)});
    }
}
