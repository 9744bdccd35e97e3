package dev.darkroom.train;

import java.util.random.RandomGenerator;

/**
 * Additive white Gaussian noise, independent for each sample.
 *
 * @param sigma255 standard deviation on the 0..255 scale
 * @param clipped  whether the result is clipped to [0,1] and rounded to 8 bits, as a file holds it
 */
record GaussianNoise(double sigma255, boolean clipped) {

    float[] addTo(float[] samples, RandomGenerator random) {
        double sigma = sigma255 / 255;
        float[] noisy = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            double value = samples[i] + sigma * random.nextGaussian();
            noisy[i] = (float) (clipped ? Math.rint(255 * Math.min(1, Math.max(0, value))) / 255 : value);
        }
        return noisy;
    }
}
