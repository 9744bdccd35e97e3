package dev.darkroom.train.degradation.haze;

import java.util.random.RandomGenerator;

/**
 * Hazy air: I = J t + A (1 - t) with t = e^(-beta d) (Koschmieder; RESIDE, Li et al. 2019).
 *
 * @param color   A, atmospheric light for R, G and B, in [0,1]
 * @param beta    scattering over the relative depth d in [0,1]
 */
public record Air(float[] color, double beta, Depth depth) {
    /** Nothing between the camera and what it sees. */
    static final Air CLEAR = new Air(new float[] {1, 1, 1}, 0, (u, v) -> 0);

    /** A camera's white balance is not perfect: how far the air may be from gray. */
    private static final double TINT = 0.03;

    /** RESIDE's indoor ranges: A from 0.7 to 1, beta from 0.6 to 1.8. */
    public static Air random(RandomGenerator random) {
        double gray = 0.7 + 0.3 * random.nextDouble();
        float[] color = new float[3];
        for (int channel = 0; channel < 3; channel++) {
            color[channel] = (float) Math.min(1, gray + TINT * (2 * random.nextDouble() - 1));
        }
        return new Air(color, 0.6 + 1.2 * random.nextDouble(), Depth.random(random));
    }

    /** How much of the light from a place arrives; u and v are its place in the picture from 0 to 1. */
    double transmission(double u, double v) {
        return Math.exp(-beta * depth.at(u, v));
    }

    float hazy(float clean, int channel, double transmission) {
        return (float) (clean * transmission + color[channel] * (1 - transmission));
    }
}
