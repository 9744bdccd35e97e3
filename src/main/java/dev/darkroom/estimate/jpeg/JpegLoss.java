package dev.darkroom.estimate.jpeg;

import dev.darkroom.estimate.picture.Picture;
import dev.darkroom.image.file.JpegCoding;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How much of its brightness a JPEG file has lost, estimated from its own coefficients, without the picture that it was made of.
 *
 * <p>In blocks of one kind, how many coefficients of a frequency are not 0 says how wide the Laplace distribution is that they come from, and that says what their rounding cost
 * (after Brandao and Queluz 2008, No-reference image quality assessment based on DCT domain statistics). Blocks begin at the upper left corner; in a picture
 * that was turned they may lie a little beside, which blurs the estimate.
 */
public final class JpegLoss {
    private static final int SIDE = BlockTransform.SIDE;
    private static final int FREQUENCIES = BlockTransform.FREQUENCIES;
    private static final int KINDS = 7;
    /** Tables may say from 0 to 65535; no coefficient of 8 bits is larger than this, and a step of 0 is none. */
    private static final int LARGEST_STEP = 2048;
    /** Enough to know the rare ones. */
    private static final int MOST_BLOCKS = 4096;
    /** Of fewer that are not 0, a frequency alone does not say how wide its distribution is. */
    private static final int FEW = 3;
    /** By how much it is at least narrower than its lower neighbours'. */
    private static final double NARROWER = 0.8;
    private static final double ROUNDING_TO_8_BITS = 1 / 12.0;
    private static final double PEAK = 255;

    private JpegLoss() {}

    /**
     * Of what the file was made of.
     *
     * @param picture as the file shows it; 16 bits where its tones were converted, which are taken for the file's
     * @return PSNR of luma, dB; of a picture without a whole block as if all numbers were spread evenly
     */
    public static double psnrDb(Picture picture, JpegCoding coding) {
        int[] steps = coding.lumaSteps().stream().mapToInt(step -> Math.max(1, Math.min(LARGEST_STEP, step))).toArray();
        Kind[] kinds = kinds(picture, steps);
        int blocks = Stream.of(kinds).mapToInt(kind -> kind.blocks).sum();
        double error = blocks == 0 ? IntStream.of(steps).mapToDouble(step -> step * step / 12.0).average().orElseThrow()
                : Stream.of(kinds).mapToDouble(kind -> kind.blocks * kind.squaredError(steps)).sum() / blocks;
        return 10 * Math.log10(PEAK * PEAK / (error + ROUNDING_TO_8_BITS));
    }

    private static Kind[] kinds(Picture picture, int[] steps) {
        Kind[] kinds = Stream.generate(Kind::new).limit(KINDS).toArray(Kind[]::new);
        SpreadSquares.each(picture, SIDE, MOST_BLOCKS, block -> {
            boolean[] nonZero = nonZero(coefficients(block, picture.channels(), picture.bits()), steps);
            kinds[kind(nonZero)].add(nonZero);
        });
        return kinds;
    }

    private static boolean[] nonZero(float[] coefficients, int[] steps) {
        boolean[] nonZero = new boolean[FREQUENCIES];
        for (int i = 0; i < FREQUENCIES; i++) {
            nonZero[i] = 2 * Math.abs(coefficients[i]) > steps[i];
        }
        return nonZero;
    }

    /** By how many there are besides the mean: none, one, two or three, four to seven and so on. */
    private static int kind(boolean[] nonZero) {
        int count = 0;
        for (int i = 1; i < FREQUENCIES; i++) {
            count += nonZero[i] ? 1 : 0;
        }
        return Integer.SIZE - Integer.numberOfLeadingZeros(count);
    }

    /** Blocks with about as much in them: a sky's coefficients do not come from where a tree's do. */
    private static final class Kind {
        private final long[] nonZero = new long[FREQUENCIES];
        private int blocks;

        void add(boolean[] block) {
            blocks++;
            for (int i = 0; i < FREQUENCIES; i++) {
                nonZero[i] += block[i] ? 1 : 0;
            }
        }

        /** Mean over the pixels, on the 0..255 scale. */
        double squaredError(int[] steps) {
            if (blocks == 0) {
                return 0;
            }
            double[] widths = new double[FREQUENCIES];
            widths[0] = Double.POSITIVE_INFINITY;
            double sum = steps[0] * steps[0] / 12.0; // the mean of a block can be anything
            for (int i = 1; i < FREQUENCIES; i++) {
                widths[i] = width(steps[i], i, widths);
                sum += JpegLoss.squaredError(steps[i], widths[i], (double) nonZero[i] / blocks);
            }
            return sum / FREQUENCIES;
        }

        private double width(int step, int frequency, double[] widths) {
            double own = step / (2 * Math.log((blocks + 1) / Math.max(0.5, nonZero[frequency])));
            if (nonZero[frequency] >= FEW) {
                return own;
            }
            double left = frequency % SIDE > 0 ? widths[frequency - 1] : Double.POSITIVE_INFINITY;
            double above = frequency >= SIDE ? widths[frequency - SIDE] : Double.POSITIVE_INFINITY;
            return Math.min(own, NARROWER * Math.min(left, above));
        }
    }

    /** What rounding to 0 costs, and as much as rounding evenly spread numbers does for the share of others. */
    private static double squaredError(int step, double width, double nonZero) {
        double half = step / 2.0;
        double zeros = 2 * width * width - Math.exp(-half / width) * (half * half + 2 * half * width + 2 * width * width);
        return zeros + nonZero * step * step / 12;
    }

    private static float[] coefficients(ByteBuffer block, int channels, int bits) {
        float[] luma = new float[FREQUENCIES];
        for (int i = 0; i < FREQUENCIES; i++) {
            luma[i] = BlockTransform.luma(block, i * channels, channels, bits);
        }
        return BlockTransform.of(luma);
    }
}
