package dev.darkroom.train.degradation;

import dev.darkroom.train.photo.Planes;
import java.util.random.RandomGenerator;

/**
 * How a camera makes sRGB of what its sensor counts: white balance, colour matrix, tone curve and gamma, and the way back; after Brooks et
 * al., "Unprocessing Images for Learned Raw Denoising" (CVPR 2019), section 3.
 *
 * @param red        gain of the red samples for white to be white
 * @param blue       gain of the blue ones
 * @param saturation how much the colour matrix takes of the mean of the channels from each of them: 0 for none
 * @param contrast   share of the S-shaped tone curve 3x^2 - 2x^3 in the rendering, 0 to 1
 */
record Camera(double red, double blue, double saturation, double contrast) {
    private static final int STEPS = 4096;
    private static final float[] GAMMA = gamma();

    static Camera random(RandomGenerator random) {
        return new Camera(1.9 + 0.5 * random.nextDouble(), 1.5 + 0.4 * random.nextDouble(), 0.6 * random.nextDouble(), random.nextDouble());
    }

    /** What the sensor counts, as a share of its full well, of an sRGB picture (3,H,W) in [0,1]. */
    Planes sensed(Planes picture) {
        float[] inverse = inverseTones();
        int size = picture.height() * picture.width();
        float[] sensed = new float[3 * size];
        for (int i = 0; i < size; i++) {
            double r = at(inverse, picture.values()[i]);
            double g = at(inverse, picture.values()[i + size]);
            double b = at(inverse, picture.values()[i + 2 * size]);
            // The matrix is (1 + s) I - s mean; its inverse moves each channel towards the mean, which it keeps.
            double mean = (r + g + b) / 3;
            sensed[i] = (float) ((mean + (r - mean) / (1 + saturation)) / red);
            sensed[i + size] = (float) (mean + (g - mean) / (1 + saturation));
            sensed[i + 2 * size] = (float) ((mean + (b - mean) / (1 + saturation)) / blue);
        }
        return picture.with(sensed);
    }

    /** The sRGB picture in [0,1] of what was sensed, one value for each colour at every pixel. */
    Planes rendered(Planes sensed) {
        float[] tones = tones();
        int size = sensed.height() * sensed.width();
        float[] picture = new float[3 * size];
        for (int i = 0; i < size; i++) {
            double r = Math.min(1, sensed.values()[i] * red);
            double g = Math.min(1, sensed.values()[i + size]);
            double b = Math.min(1, sensed.values()[i + 2 * size] * blue);
            double mean = (r + g + b) / 3;
            picture[i] = at(tones, mean + (r - mean) * (1 + saturation));
            picture[i + size] = at(tones, mean + (g - mean) * (1 + saturation));
            picture[i + 2 * size] = at(tones, mean + (b - mean) * (1 + saturation));
        }
        return sensed.with(picture);
    }

    private static float at(float[] table, double value) {
        return table[(int) Math.round(Math.min(1, Math.max(0, value)) * (STEPS - 1))];
    }

    private float[] tones() {
        float[] table = new float[STEPS];
        for (int i = 0; i < STEPS; i++) {
            float encoded = GAMMA[i];
            table[i] = (float) ((1 - contrast) * encoded + contrast * encoded * encoded * (3 - 2 * encoded));
        }
        return table;
    }

    private static float[] gamma() {
        float[] table = new float[STEPS];
        for (int i = 0; i < STEPS; i++) {
            double linear = i / (double) (STEPS - 1);
            table[i] = (float) (linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055);
        }
        return table;
    }

    /** The tone curve only rises: one walk along it finds where it passes each value. */
    private float[] inverseTones() {
        float[] tones = tones();
        float[] table = new float[STEPS];
        for (int i = 0, at = 0; i < STEPS; i++) {
            float wanted = i / (float) (STEPS - 1);
            while (at < STEPS - 2 && tones[at + 1] < wanted) {
                at++;
            }
            float within = (wanted - tones[at]) / (tones[at + 1] - tones[at]);
            table[i] = (at + Math.min(1, Math.max(0, within))) / (STEPS - 1);
        }
        return table;
    }
}
