package dev.darkroom.train.degradation;

import java.util.Locale;

/** What a restorer is shown: noise as an uploaded file carries it, or as the literature adds it. */
public enum NoiseProtocol {

    /** The noisy picture is clipped to [0,1] and rounded to 8 bits. */
    CLIPPED {
        @Override
        float value(float clean, float noise) {
            return Math.round(Math.min(1, Math.max(0, clean + noise)) * 255) / 255f;
        }
    },

    /** The noisy picture is neither clipped nor rounded. */
    FLOAT {
        @Override
        float value(float clean, float noise) {
            return clean + noise;
        }
    };

    abstract float value(float clean, float noise);

    /** The noisy picture, value by value. */
    public float[] degrade(float[] clean, float[] noise) {
        float[] noisy = new float[clean.length];
        for (int i = 0; i < clean.length; i++) {
            noisy[i] = value(clean[i], noise[i]);
        }
        return noisy;
    }

    /** The name in tables and on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
