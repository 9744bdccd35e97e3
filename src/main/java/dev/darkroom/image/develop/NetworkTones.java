package dev.darkroom.image.develop;

import dev.darkroom.image.raw.NoiseProfile;
import dev.darkroom.image.raw.RawFile;

/**
 * A sensor's light as a network knows pictures, 16 bits: balanced, in sRGB's tones, white at the top. Balance lifts two colours above what the
 * third can count; so that nothing is cut off before a network has seen it, white is where the largest of them ends. That makes pictures
 * darker by a factor, which sRGB's curve, a power of light almost everywhere, turns into a factor of samples: a network hardly minds, and
 * {@link #toLight} undoes it.
 *
 * @param factors  of red, green and blue, the smallest 1
 * @param headroom the largest factor
 */
record NetworkTones(double[] factors, double headroom) {
    private static final int VALUES = 1 << 16;
    private static final double FULL = VALUES - 1;
    private static final double MID_GRAY = 0.18;
    /** By sample in sRGB's tones, its light; the same for all files. */
    private static final float[] LIGHT = new float[VALUES];

    static {
        for (int i = 0; i < VALUES; i++) {
            LIGHT[i] = (float) SrgbCurve.toLight(i / FULL);
        }
    }

    static NetworkTones of(double[] factors) {
        return new NetworkTones(factors, Math.max(factors[0], Math.max(factors[1], factors[2])));
    }

    /** By sample of a decoded raw file, of red (0), green (1) or blue (2), that of the network. */
    short[] fromSensor(int colour) {
        var samples = new short[VALUES];
        for (int i = 0; i < VALUES; i++) {
            double light = (double) (i - RawFile.BLACK) / (RawFile.WHITE - RawFile.BLACK) * factors[colour] / headroom;
            samples[i] = (short) Math.round(FULL * Math.max(0, SrgbCurve.fromLight(light)));
        }
        return samples;
    }

    /** By sample of the network, balanced light: 1 is what the weakest colour can count. */
    float[] toLight() {
        var light = new float[VALUES];
        for (int i = 0; i < VALUES; i++) {
            light[i] = (float) headroom * LIGHT[i];
        }
        return light;
    }

    /** Of a mosaic's noise, which grows with light: its standard deviation in these tones at mid gray, 0 to 255. */
    double sigma255(NoiseProfile noise) {
        double slope = SrgbCurve.slope(MID_GRAY / headroom) / headroom;
        double variance = 0;
        for (int colour = 0; colour < 3; colour++) {
            double deviation = slope * factors[colour] * noise.deviation(colour, MID_GRAY / factors[colour]);
            variance += deviation * deviation * (colour == 1 ? 2 : 1) / 4;
        }
        return 255 * Math.sqrt(variance);
    }
}
