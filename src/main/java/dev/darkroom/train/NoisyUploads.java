package dev.darkroom.train;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Gaussian noise of every strength the denoiser promises to handle, mostly as uploads carry it.
 *
 * <p>sigma255 is 75 u^1.5 with u uniform, so that half of the crops lie below 27, where a small error costs most PSNR;
 * one crop in twenty has sigma 100 (the projected distribution loss's Table 1). Half are clipped and rounded to 8 bits
 * as in a file, the others keep the unclipped noise of the literature's protocol (FFDNet, Zhang et al. 2018).
 * One in ten is grayscale: three equal planes with equal noise, which a network that only ever saw independent noise
 * in each channel takes for texture.
 */
final class NoisyUploads implements Degradation {
    private static final double SHARE_OF_SIGMA_100 = 0.05;
    private static final double SHARE_CLIPPED = 0.5;
    private static final double SHARE_GRAY = 0.1;

    @Override
    public Example apply(Crop clean, RandomGenerator random) {
        double sigma255 = random.nextDouble() < SHARE_OF_SIGMA_100 ? 100 : 75 * Math.pow(random.nextDouble(), 1.5);
        NoiseProtocol protocol = random.nextDouble() < SHARE_CLIPPED ? NoiseProtocol.CLIPPED : NoiseProtocol.FLOAT;
        boolean gray = random.nextDouble() < SHARE_GRAY;
        float[] planes = gray ? luma(clean) : clean.planes();
        float[] noisy = protocol.degrade(planes, GaussianNoise.draw(random, sigma255, planes.length));
        float[] condition = {(float) (sigma255 / 255)};
        return gray
                ? new Example(threefold(noisy), threefold(planes), condition)
                : new Example(noisy, planes, condition);
    }

    /** BT.601 full-range luma, as image libraries make a grayscale picture. */
    private static float[] luma(Crop crop) {
        float[] planes = crop.planes();
        int size = crop.side() * crop.side();
        float[] luma = new float[size];
        for (int i = 0; i < size; i++) {
            luma[i] = 0.299f * planes[i] + 0.587f * planes[i + size] + 0.114f * planes[i + 2 * size];
        }
        return luma;
    }

    private static float[] threefold(float[] plane) {
        float[] planes = Arrays.copyOf(plane, 3 * plane.length);
        System.arraycopy(plane, 0, planes, plane.length, plane.length);
        System.arraycopy(plane, 0, planes, 2 * plane.length, plane.length);
        return planes;
    }
}
