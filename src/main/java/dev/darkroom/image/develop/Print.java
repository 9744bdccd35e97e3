package dev.darkroom.image.develop;

import dev.darkroom.image.raw.Matrix;
import java.nio.ShortBuffer;

/** From a network's tones to a finished photograph: light, highlights, colours, tones. */
final class Print {
    private static final int WHITE = 65_535;
    /** So fine that sRGB's curve, steepest in the darks, leaves out no sample of 16 bits. */
    private static final int STEPS = 1 << 20;
    private static final short[] SRGB = new short[STEPS + 1];

    static {
        for (int i = 0; i <= STEPS; i++) {
            SRGB[i] = (short) Math.round(WHITE * SrgbCurve.fromLight((double) i / STEPS));
        }
    }

    private final float[] light;
    private final float[] matrix = new float[9];
    private final Tone tone;

    /**
     * One for a photograph.
     *
     * @param light  by sample, balanced: more than 1 is more than the weakest colour can count
     * @param matrix from balanced light to that of the output
     */
    Print(float[] light, Matrix matrix, Tone tone) {
        this.light = light;
        this.tone = tone;
        for (int i = 0; i < 9; i++) {
            this.matrix[i] = (float) matrix.values()[i];
        }
    }

    void print(ShortBuffer samples, int firstRow, int width) {
        var pixel = new float[3];
        for (int i = 0; i < samples.limit(); i += 3) {
            for (int c = 0; c < 3; c++) {
                pixel[c] = light[samples.get(i + c) & 0xffff];
            }
            calmHighlights(pixel);
            for (int c = 0; c < 3; c++) {
                float value = matrix[3 * c] * pixel[0] + matrix[3 * c + 1] * pixel[1] + matrix[3 * c + 2] * pixel[2];
                samples.put(i + c, sample(value));
            }
        }
    }

    /**
     * Where one colour has reached the end of the sensor and balance has lifted the others above it, the proportions are not those of the light:
     * gray turns magenta. The pixel keeps its brightness and its hue, and gets the saturation that it would have with all colours cut off at the
     * same height: none where all three are beyond.
     */
    private static void calmHighlights(float[] pixel) {
        if (Math.max(pixel[0], Math.max(pixel[1], pixel[2])) <= 1) {
            return;
        }
        float mean = (pixel[0] + pixel[1] + pixel[2]) / 3;
        float meanOfCut = (Math.min(1, pixel[0]) + Math.min(1, pixel[1]) + Math.min(1, pixel[2])) / 3;
        float spread = 0;
        float spreadOfCut = 0;
        for (float colour : pixel) {
            float cut = Math.min(1, colour);
            spread += (colour - mean) * (colour - mean);
            spreadOfCut += (cut - meanOfCut) * (cut - meanOfCut);
        }
        float saturation = spread == 0 ? 0 : (float) Math.sqrt(spreadOfCut / spread);
        for (int c = 0; c < 3; c++) {
            pixel[c] = mean + saturation * (pixel[c] - mean);
        }
    }

    private short sample(float value) {
        float clipped = Math.max(0, Math.min(1, value));
        return tone == Tone.LINEAR ? (short) Math.round(WHITE * clipped) : SRGB[Math.round(STEPS * clipped)];
    }
}
