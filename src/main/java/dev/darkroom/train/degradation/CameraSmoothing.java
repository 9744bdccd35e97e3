package dev.darkroom.train.degradation;

import dev.darkroom.train.photo.GaussianBlur;
import dev.darkroom.train.photo.Planes;
import java.util.random.RandomGenerator;

/**
 * What the noise reduction and the sharpening of cameras make of noise: luma keeps a grain about a pixel wide and a weak part at low
 * frequencies, chroma is smoothed over many pixels. The ranges hold what was measured on the differences of {@code polyu}'s pairs of two
 * Canon cameras (docs/models.md has the table), and what lies around.
 *
 * @param lumaSigma    of the blur of luma, pixels
 * @param sharpening   of luma, 0 for none
 * @param chromaSigma  of the blur of chroma, pixels
 * @param coarseSigma  of a second, wider one of part of the chroma, pixels
 * @param coarseShare  of the chroma's amplitude that the second one has
 * @param driftPerOctave amplitude of luma's part at low frequencies in each of four octaves, as a share of the grain's
 */
record CameraSmoothing(double lumaSigma, double sharpening, double chromaSigma, double coarseSigma, double coarseShare, double driftPerOctave) {
    private static final int[] DRIFT_PERIODS_PIXELS = {6, 12, 24, 48};
    private static final double SHARPENING_SIGMA = 1;

    static CameraSmoothing random(RandomGenerator random) {
        double chroma = 0.3 + 2.7 * random.nextDouble();
        return new CameraSmoothing(0.2 + random.nextDouble(),
                random.nextInt(3) == 0 ? random.nextDouble() : 0,
                chroma, chroma * (1.5 + 1.5 * random.nextDouble()), random.nextDouble() * 0.7,
                random.nextInt(4) == 0 ? 0 : 0.6 * random.nextDouble());
    }

    /** @param noise luma, Cb and Cr, (3,H,W) */
    Planes applied(Planes noise, RandomGenerator random) {
        Planes luma = sharpened(GaussianBlur.of(noise.channel(0), lumaSigma));
        Planes fine = GaussianBlur.of(noise, chromaSigma);
        Planes coarse = GaussianBlur.of(noise, coarseSigma);
        double level = deviation(luma);
        float[] values = new float[noise.values().length];
        int size = luma.values().length;
        System.arraycopy(luma.values(), 0, values, 0, size);
        if (driftPerOctave > 0) {
            for (int period : DRIFT_PERIODS_PIXELS) {
                addDrift(values, noise.height(), noise.width(), period, driftPerOctave * level, random);
            }
        }
        for (int channel = 1; channel < 3; channel++) {
            float[] narrow = fine.channel(channel).values();
            float[] wide = coarse.channel(channel).values();
            double gain = coarseShare * deviation(fine.channel(channel)) / Math.max(1e-6, deviation(coarse.channel(channel)));
            for (int i = 0; i < size; i++) {
                values[channel * size + i] = (float) ((1 - coarseShare) * narrow[i] + gain * wide[i]);
            }
        }
        return noise.with(values);
    }

    private Planes sharpened(Planes luma) {
        if (sharpening == 0) {
            return luma;
        }
        float[] blurred = GaussianBlur.of(luma, SHARPENING_SIGMA).values();
        float[] sharp = new float[blurred.length];
        for (int i = 0; i < sharp.length; i++) {
            sharp[i] = (float) (luma.values()[i] + sharpening * (luma.values()[i] - blurred[i]));
        }
        return luma.with(sharp);
    }

    /** Independent values on a grid, interpolated between. */
    private static void addDrift(float[] luma, int height, int width, int period, double level, RandomGenerator random) {
        int columns = width / period + 2;
        double[] grid = random.doubles((long) columns * (height / period + 2)).map(uniform -> Math.sqrt(12) * (uniform - 0.5) * level).toArray();
        for (int row = 0, to = 0; row < height; row++) {
            int above = row / period * columns;
            double down = (double) (row % period) / period;
            for (int column = 0; column < width; column++, to++) {
                int at = above + column / period;
                double right = (double) (column % period) / period;
                luma[to] += (float) ((1 - down) * ((1 - right) * grid[at] + right * grid[at + 1])
                        + down * ((1 - right) * grid[at + columns] + right * grid[at + columns + 1]));
            }
        }
    }

    static double deviation(Planes plane) {
        double squares = 0;
        for (float value : plane.values()) {
            squares += value * value;
        }
        return Math.sqrt(squares / plane.values().length);
    }
}
