package dev.darkroom.train;

import java.util.random.RandomGenerator;

/** Photographs from a hand that shook: blurred along a random trajectory, then noise of sigma 0 to 15, clipped to 8 bits. */
final class CameraShake implements Degradation {
    private static final double SHORTEST = 5;
    private static final double LONGEST = 40;
    private static final double STRONGEST_SIGMA_255 = 15;

    @Override
    public Example apply(Excerpt clean, RandomGenerator random) {
        BlurKernel kernel = BlurKernel.trajectory(SHORTEST + (LONGEST - SHORTEST) * random.nextDouble(), random);
        return new Example(shaken(clean.clean(margin()), margin(), kernel, random), clean.clean());
    }

    /** @return without {@code margin} pixels on every side */
    static Planes shaken(Planes picture, int margin, BlurKernel kernel, RandomGenerator random) {
        double sigma255 = STRONGEST_SIGMA_255 * random.nextDouble();
        return GaussianNoise.added(kernel.applied(picture, margin), sigma255, random).as8Bit();
    }

    @Override
    public int margin() {
        return BlurKernel.LARGEST_SIDE / 2;
    }
}
