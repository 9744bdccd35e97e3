package dev.darkroom.train.evaluation;

import dev.darkroom.train.photo.GaussianBlur;
import dev.darkroom.train.photo.Planes;

/**
 * How far a picture lies beside another of the same scene, found by least squares on gradients (Lucas and Kanade 1981, one window for all),
 * and the way back by a windowed sinc.
 *
 * <p>A camera that takes many exposures moves between them by fractions of a pixel, and so does the mean of them against each.
 *
 * @param right pixels that the other picture has to be moved to the right
 * @param down  pixels that it has to be moved down
 */
record Registration(double right, double down) {
    /** Pixels that a mirrored border has changed by more than next to nothing; not to be compared. */
    static final int BORDER = 8;
    private static final int STEPS = 4;
    /** Noise and aliasing have the steepest gradients and say the least. */
    private static final double SMOOTHING_SIGMA = 1;
    private static final int LOBES = 6;

    /** For the other picture to lie on the reference; both (3,H,W), less than a pixel apart. */
    static Registration of(Planes reference, Planes other) {
        Planes aim = GaussianBlur.of(reference.luma(), SMOOTHING_SIGMA);
        var found = new Registration(0, 0);
        for (int step = 0; step < STEPS; step++) {
            Registration more = leastSquares(aim, GaussianBlur.of(found.moved(other).luma(), SMOOTHING_SIGMA));
            found = new Registration(found.right + more.right, found.down + more.down);
        }
        return found;
    }

    /** What is left, to first order: aim(x) = now(x - offset). */
    private static Registration leastSquares(Planes aim, Planes now) {
        double xx = 0;
        double xy = 0;
        double yy = 0;
        double xt = 0;
        double yt = 0;
        for (int row = BORDER; row < now.height() - BORDER; row++) {
            for (int column = BORDER; column < now.width() - BORDER; column++) {
                double x = (now.get(0, row, column + 1) - now.get(0, row, column - 1)) / 2;
                double y = (now.get(0, row + 1, column) - now.get(0, row - 1, column)) / 2;
                double t = now.get(0, row, column) - aim.get(0, row, column);
                xx += x * x;
                xy += x * y;
                yy += y * y;
                xt += x * t;
                yt += y * t;
            }
        }
        double determinant = xx * yy - xy * xy;
        return determinant <= 1e-12 * xx * yy ? new Registration(0, 0) : new Registration((yy * xt - xy * yt) / determinant, (xx * yt - xy * xt) / determinant);
    }

    /** The other picture where the reference is. */
    Planes moved(Planes other) {
        return movedDown(movedDown(other.transposed(), right).transposed(), down);
    }

    private static Planes movedDown(Planes picture, double offset) {
        if (offset == 0) {
            return picture;
        }
        int whole = (int) Math.floor(offset);
        float[] taps = taps(offset - whole);
        Planes wide = picture.extended(LOBES + Math.abs(whole) + 1);
        int margin = (wide.height() - picture.height()) / 2;
        float[] moved = new float[picture.values().length];
        for (int channel = 0, to = 0; channel < picture.channels(); channel++) {
            for (int row = 0; row < picture.height(); row++) {
                for (int column = 0; column < picture.width(); column++, to++) {
                    double sum = 0;
                    for (int tap = 0; tap < taps.length; tap++) {
                        sum += taps[tap] * wide.get(channel, row + margin - whole + LOBES - 1 - tap, column + margin);
                    }
                    moved[to] = (float) sum;
                }
            }
        }
        return picture.with(moved);
    }

    /** For the value at a pixel's place less {@code fraction}, of the pixels from LOBES - 1 after it to LOBES before it; Lanczos's window. */
    private static float[] taps(double fraction) {
        float[] taps = new float[2 * LOBES];
        double sum = 0;
        for (int tap = 0; tap < taps.length; tap++) {
            double distance = LOBES - 1 - tap + fraction;
            taps[tap] = (float) (sinc(distance) * sinc(distance / LOBES));
            sum += taps[tap];
        }
        for (int tap = 0; tap < taps.length; tap++) {
            taps[tap] /= (float) sum;
        }
        return taps;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }
}
