package dev.darkroom.image;

/** What samples are while they are averaged: floats from 0 to 1, of samples of 8 or 16 bits. */
enum Light {
    /** In proportion to the light, by sRGB's tones (IEC 61966-2-1): of two neighbours, black and white, the mean looks as both do from afar. */
    OF_SRGB {
        @Override
        float[] ofSamples(int bits) {
            return bits == 8 ? Tables.OF_8_BITS : Tables.OF_16_BITS;
        }

        @Override
        int sample(float light, int bits) {
            int value = Tables.BACK[(int) (clipped(light) * Tables.STEPS + 0.5f)];
            return bits == 8 ? (value + 128) / 257 : value;
        }
    },
    /** As they are, for what is no light. */
    NONE {
        @Override
        float[] ofSamples(int bits) {
            return bits == 8 ? Tables.LINEAR_8_BITS : Tables.LINEAR_16_BITS;
        }

        @Override
        int sample(float value, int bits) {
            return (int) (clipped(value) * ((1 << bits) - 1) + 0.5f);
        }
    };

    /** By sample. */
    abstract float[] ofSamples(int bits);

    /** The nearest; what is beyond black and white becomes that. */
    abstract int sample(float light, int bits);

    private static float clipped(float value) {
        return Math.max(0, Math.min(1, value));
    }

    /** Made when they are first needed. */
    private static final class Tables {
        /** Where sRGB is steepest, at black, a step is less than one of 16 bits. */
        static final int STEPS = 1 << 20;
        static final float[] LINEAR_8_BITS = new float[1 << 8];
        static final float[] LINEAR_16_BITS = new float[1 << 16];
        static final float[] OF_8_BITS = new float[1 << 8];
        static final float[] OF_16_BITS = new float[1 << 16];
        static final char[] BACK = new char[STEPS + 1];

        static {
            fill(LINEAR_8_BITS, OF_8_BITS);
            fill(LINEAR_16_BITS, OF_16_BITS);
            for (int i = 0; i <= STEPS; i++) {
                double light = (double) i / STEPS;
                double value = light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
                BACK[i] = (char) Math.round(65535 * value);
            }
        }

        private static void fill(float[] linear, float[] light) {
            for (int i = 0; i < linear.length; i++) {
                double value = i / (linear.length - 1.0);
                linear[i] = (float) value;
                light[i] = (float) (value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4));
            }
        }
    }
}
