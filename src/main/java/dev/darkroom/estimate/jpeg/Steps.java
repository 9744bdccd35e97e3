package dev.darkroom.estimate.jpeg;

import dev.darkroom.image.file.JpegCoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A JPEG file's quantisation steps of luma, from the coefficients of what it showed: they lie near multiples of them. */
final class Steps {
    private static final int SIDE = BlockTransform.SIDE;
    private static final int LARGEST = 255;
    /** Of a coefficient, by rounding luma and then R, G and B to 8 bits. */
    private static final double ROUNDING_VARIANCE = 0.14;
    private static final double SHARE_OF_EXPECTED = 0.6;
    /** Of 12 t^2, t even from -1/2 to 1/2: what numbers that are no multiples have. */
    private static final double DEVIATION = 0.894;
    /** Below so many that are not 0 no agreement is certain. */
    private static final int FEWEST_COEFFICIENTS = 16;
    /** A little larger than the true step still agrees; smaller than this share of it, only its divisors do. */
    private static final double REFINED_DOWN_TO = 0.7;
    /** Of a picture that was no such file hardly any frequency has a step. */
    private static final int FEWEST_STEPS = 15;
    /** Mean of the logarithms' differences from libjpeg's steps. Tables of other programs are nearer, those of films farther. */
    private static final double FARTHEST = 0.33;

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
            found[frequency] = step(sizes(blocks, frequency));
            count += found[frequency] > 0 ? 1 : 0;
        }
        if (count < FEWEST_STEPS) {
            return Optional.empty();
        }
        Table upright = nearest(found, false);
        Table turned = nearest(found, true);
        Table table = turned.distance < upright.distance ? turned : upright;
        return table.distance / count > FARTHEST ? Optional.empty() : Optional.of(new JpegCoding(table.quality, halved, completed(found, table.steps)));
    }

    /** Of what is not 0, the largest last. */
    private static double[] sizes(List<float[]> blocks, int frequency) {
        return blocks.stream().mapToDouble(block -> Math.abs(block[frequency])).filter(size -> size > 1).sorted().toArray();
    }

    /** The largest step that they are multiples of, for they are those of its divisors too; 0 if there is none. */
    private static int step(double[] sizes) {
        for (int step = LARGEST; step > 1; step--) {
            if (fits(sizes, step)) {
                int best = step;
                for (int smaller = step - 1; smaller >= Math.max(2, REFINED_DOWN_TO * step); smaller--) {
                    best = agreement(sizes, smaller) > agreement(sizes, best) ? smaller : best;
                }
                return best;
            }
        }
        return 0;
    }

    private static boolean fits(double[] sizes, int step) {
        int count = sizes.length - firstAbove(sizes, step / 2.0);
        double expected = 1 - 12 * ROUNDING_VARIANCE / (step * step);
        return count >= FEWEST_COEFFICIENTS
                && agreement(sizes, step) > Math.max(SHARE_OF_EXPECTED * expected, 0.1 + 4 * DEVIATION / Math.sqrt(count));
    }

    /** 1 for multiples of the step, 0 for numbers spread evenly; of those that are not rounded to 0. */
    private static double agreement(double[] sizes, int step) {
        double squares = 0;
        int first = firstAbove(sizes, step / 2.0);
        for (int i = first; i < sizes.length; i++) {
            double multiple = sizes[i] / step;
            double off = multiple - Math.rint(multiple);
            squares += off * off;
        }
        return 1 - 12 * squares / Math.max(1, sizes.length - first);
    }

    private static int firstAbove(double[] sizes, double least) {
        int at = Arrays.binarySearch(sizes, least);
        return at < 0 ? -at - 1 : at;
    }

    /** @param distance summed over the steps that were found */
    private record Table(int quality, List<Integer> steps, double distance) {}

    /** @param turned whether the picture was, since, so that across and down have changed places */
    private static Table nearest(int[] found, boolean turned) {
        Table best = null;
        for (int quality = 1; quality <= 100; quality++) {
            List<Integer> steps = turned ? turned(JpegCoding.lumaSteps(quality)) : JpegCoding.lumaSteps(quality);
            double distance = 0;
            for (int i = 1; i < found.length; i++) {
                distance += found[i] > 0 ? Math.abs(Math.log((double) found[i] / steps.get(i))) : 0;
            }
            best = best == null || distance < best.distance ? new Table(quality, steps, distance) : best;
        }
        return best;
    }

    private static List<Integer> turned(List<Integer> steps) {
        List<Integer> turned = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            turned.add(steps.get(i % SIDE * SIDE + i / SIDE));
        }
        return turned;
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
