package dev.darkroom.image.raw;

import java.util.Optional;

/**
 * How samples scatter (DNG 1.7, NoiseProfile): the variance at a light of x, 0 to 1 of what the sensor counts, is slope x + floor.
 *
 * @param slopes of red, green and blue
 * @param floors of red, green and blue
 */
public record NoiseProfile(double[] slopes, double[] floors) {
    private static final int PLANES = 3;

    /** Empty if the file says nothing of it that makes sense. */
    static Optional<NoiseProfile> of(Directories directories) {
        double[] values = directories.decimals(DngTag.NOISE, 2 * 8);
        if (values.length != 2 && values.length != 2 * PLANES) {
            return Optional.empty();
        }
        var profile = new NoiseProfile(new double[PLANES], new double[PLANES]);
        for (int plane = 0; plane < PLANES; plane++) {
            int at = values.length == 2 ? 0 : 2 * plane;
            boolean sound = values[at] >= 0 && values[at] <= 1 && values[at + 1] >= 0 && values[at + 1] <= 1;
            if (!sound) {
                return Optional.empty();
            }
            profile.slopes[plane] = values[at];
            profile.floors[plane] = values[at + 1];
        }
        return Optional.of(profile);
    }

    /** Standard deviation at a light, 0 to 1, of red (0), green (1) or blue (2). */
    public double deviation(int plane, double light) {
        return Math.sqrt(slopes[plane] * light + floors[plane]);
    }
}
