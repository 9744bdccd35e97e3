package dev.darkroom.train.degradation;

import dev.darkroom.train.photo.Planes;
import java.util.random.RandomGenerator;

/**
 * Noise of a sensor: of the photons' number, whose variance grows with the light, and of reading them; each a share of the full well,
 * squared. Brooks et al., "Unprocessing Images for Learned Raw Denoising" (CVPR 2019), section 3.1, whose fit to the cameras of the
 * Darmstadt Noise Dataset is where the two are drawn from, together.
 *
 * @param shot variance per unit of light
 * @param read variance without light
 */
record SensorNoise(double shot, double read) {
    private static final double LOG_WEAKEST_SHOT = Math.log(1e-4);
    private static final double LOG_STRONGEST_SHOT = Math.log(0.012);

    static SensorNoise random(RandomGenerator random) {
        double logShot = LOG_WEAKEST_SHOT + (LOG_STRONGEST_SHOT - LOG_WEAKEST_SHOT) * random.nextDouble();
        double logRead = 2.18 * logShot + 1.2 + 0.26 * random.nextGaussian();
        return new SensorNoise(Math.exp(logShot), Math.exp(logRead));
    }

    /** What is counted with noise; nothing is clipped. */
    Planes added(Planes sensed, RandomGenerator random) {
        float[] noisy = new float[sensed.values().length];
        for (int i = 0; i < noisy.length; i++) {
            float light = sensed.values()[i];
            noisy[i] = (float) (light + Math.sqrt(shot * Math.max(0, light) + read) * random.nextGaussian());
        }
        return sensed.with(noisy);
    }
}
