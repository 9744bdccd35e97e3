package dev.darkroom.image.develop;

/** sRGB's curve (IEC 61966-2-1), 0 to 1. */
final class SrgbCurve {
    private static final double TOE = 0.0031308;
    private static final double TOE_SLOPE = 12.92;

    private SrgbCurve() {}

    static double fromLight(double light) {
        return light <= TOE ? TOE_SLOPE * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
    }

    static double toLight(double sample) {
        return sample <= TOE_SLOPE * TOE ? sample / TOE_SLOPE : Math.pow((sample + 0.055) / 1.055, 2.4);
    }

    /** How fast samples rise with light. */
    static double slope(double light) {
        return light <= TOE ? TOE_SLOPE : 1.055 / 2.4 * Math.pow(light, 1 / 2.4 - 1);
    }
}
