package dev.darkroom.estimate.jpeg;

import dev.darkroom.image.file.JpegCoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A JPEG file's quantisation steps of luma, from the coefficients of what it showed: they lie near multiples of them. */
final class Steps {
    private static final int LARGEST = 120;
    /** Of a coefficient, by rounding luma and then R, G and B to 8 bits. */
    private static final double ROUNDING_VARIANCE = 0.14;
    /** What is not 0 says how far apart the multiples are. */
    private static final int FEWEST_COEFFICIENTS = 12;
    private static final double SHARE_OF_EXPECTED = 0.6;
    /** Of 12 t^2, t even from -1/2 to 1/2: what numbers that are no multiples have. */
    private static final double DEVIATION = 0.894;
    /** Of a picture that was no such file hardly any frequency has a step. */
    private static final int FEWEST_STEPS = 15;
    /** Mean of the logarithms' differences from libjpeg's steps; other programs' tables are within that, films' are not. */
    private static final double FARTHEST = 0.25;

    private Steps() {}

    /**
     * @param blocks transformed
     * @param halved as {@link JpegCoding} has it
     * @return empty if they are of no JPEG file
     */
    static Optional<JpegCoding> of(List<float[]> blocks, double halved) {
        int[] found = new int[BlockTransform.FREQUENCIES];
        int count = 0;
        for (int frequency = 1; frequency < found.length; frequency++) {
            found[frequency] = largest(blocks, frequency);
            count += found[frequency] > 0 ? 1 : 0;
        }
        if (count < FEWEST_STEPS) {
            return Optional.empty();
        }
        int quality = nearest(found);
        if (distance(found, JpegCoding.lumaSteps(quality)) / count > FARTHEST) {
            return Optional.empty();
        }
        return Optional.of(new JpegCoding(quality, halved, completed(found, JpegCoding.lumaSteps(quality))));
    }

    /** The largest step that the coefficients are multiples of, for they are those of its divisors too; 0 if there is none. */
    private static int largest(List<float[]> blocks, int frequency) {
        for (int step = LARGEST; step > 1; step--) {
            double squares = 0;
            int count = 0;
            for (float[] block : blocks) {
                double multiple = block[frequency] / step;
                long nearest = Math.round(multiple);
                if (nearest != 0) {
                    squares += (multiple - nearest) * (multiple - nearest);
                    count++;
                }
            }
            double agreement = 1 - 12 * squares / count;
            double expected = 1 - 12 * ROUNDING_VARIANCE / (step * step);
            if (count >= FEWEST_COEFFICIENTS && agreement > SHARE_OF_EXPECTED * expected && agreement > 0.1 + 4 * DEVIATION / Math.sqrt(count)) {
                return step;
            }
        }
        return 0;
    }

    private static int nearest(int[] found) {
        int best = 1;
        double least = Double.POSITIVE_INFINITY;
        for (int quality = 1; quality <= 100; quality++) {
            double distance = distance(found, JpegCoding.lumaSteps(quality));
            if (distance < least) {
                least = distance;
                best = quality;
            }
        }
        return best;
    }

    private static double distance(int[] found, List<Integer> steps) {
        double sum = 0;
        for (int i = 1; i < found.length; i++) {
            sum += found[i] > 0 ? Math.abs(Math.log((double) found[i] / steps.get(i))) : 0;
        }
        return sum;
    }

    private static List<Integer> completed(int[] found, List<Integer> steps) {
        List<Integer> completed = new ArrayList<>(steps);
        for (int i = 1; i < found.length; i++) {
            if (found[i] > 0) {
                completed.set(i, found[i]);
            }
        }
        return completed;
    }
}
