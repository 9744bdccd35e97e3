package dev.darkroom.image.raw;

import java.util.Arrays;

/** Pictures as a sensor sees them whose colours are a screen's, but that it sees less of some. */
public final class RawScenes {
    private static final double FULL = 65_535;
    /** To the light of sRGB. */
    private static final double[] FROM_XYZ = {3.2404542, -1.5371385, -0.4985314, -0.9692660, 1.8760108, 0.0415560, 0.0556434, -0.2040259, 1.0572252};

    private RawScenes() {}

    /**
     * A mosaic.
     *
     * @param rgb     samples of 16 bits in sRGB's tones
     * @param bits    of the file's samples
     * @param pattern such as {@code rggb}
     * @param neutral how much of gray the sensor sees in red, green and blue, at most 1
     */
    public static Dng mosaic(int width, int height, int[] rgb, int bits, String pattern, double... neutral) {
        var samples = new int[width * height];
        for (int i = 0; i < samples.length; i++) {
            int colour = "rgb".indexOf(pattern.charAt(i / width % 2 * 2 + i % width % 2));
            samples[i] = sample(rgb[3 * i + colour], neutral[colour], bits);
        }
        double[] colours = pattern.chars().mapToDouble("rgb"::indexOf).toArray();
        return seen(new Dng(width, height, 1, bits, samples).cfa(colours), neutral);
    }

    /** The same after demosaicking. */
    public static Dng colours(int width, int height, int[] rgb, double... neutral) {
        var samples = new int[rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            samples[i] = sample(rgb[i], neutral[i % 3], 16);
        }
        return seen(new Dng(width, height, 3, 16, samples), neutral);
    }

    private static Dng seen(Dng dng, double... neutral) {
        double[] matrix = new double[9];
        Arrays.setAll(matrix, i -> neutral[i / 3] * FROM_XYZ[i]);
        return dng.first(50721, Dng.SRATIONAL, matrix).first(50728, Dng.RATIONAL, neutral);
    }

    private static int sample(int tone, double neutral, int bits) {
        double v = tone / FULL;
        double light = v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
        return (int) Math.round(light * neutral * ((1 << bits) - 1));
    }
}
