package dev.darkroom.train.degradation;

import java.util.random.RandomGenerator;

/**
 * Photographs from a hand that shook: blurred along a random trajectory, then noise of sigma up to 15 (low levels more
 * often: what noise covers cannot be sharpened), clipped to 8 bits.
 *
 * <p>Half of the trajectories are the anxious ones of the literature; the others are longer and steadier, as measured
 * kernels of real cameras are.
 */
public final class CameraShake implements Degradation {
    private static final double SHORTEST = 5;
    private static final double LONGEST = 40;
    private static final double LONGEST_STEADY = 60;
    private static final double STEADY = 0.005;
    public static final double STRONGEST_SIGMA_255 = 15;

    @Override
    public Example apply(Excerpt clean, RandomGenerator random) {
        BlurKernel kernel = random.nextBoolean()
                ? BlurKernel.trajectory(between(LONGEST, random), random)
                : BlurKernel.trajectory(between(LONGEST_STEADY, random), STEADY, random);
        double sigma255 = STRONGEST_SIGMA_255 * Math.pow(random.nextDouble(), 1.5);
        return new Example(shaken(clean.clean(margin()), margin(), kernel, sigma255, random), clean.clean());
    }

    private static double between(double longest, RandomGenerator random) {
        return SHORTEST + (longest - SHORTEST) * random.nextDouble();
    }

    /** @return without {@code margin} pixels on every side */
    public static Planes shaken(Planes picture, int margin, BlurKernel kernel, double sigma255, RandomGenerator random) {
        return GaussianNoise.added(kernel.applied(picture, margin), sigma255, random).as8Bit();
    }

    @Override
    public int margin() {
        return BlurKernel.LARGEST_SIDE / 2;
    }
}
