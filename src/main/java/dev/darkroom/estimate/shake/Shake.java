package dev.darkroom.estimate.shake;

import dev.darkroom.estimate.picture.Picture;
import java.util.Arrays;

/**
 * Finds the blur kernel of a camera shake from the blurred picture alone.
 *
 * <p>From coarse to fine, a picture with few edges and the kernel that blurs it into the given one are found in turn
 * ({@link KernelSearch}). That is done for shakes of two sizes, and the kernel is taken whose inverse makes the sparser gradients. A kernel
 * that is hardly wider than a point is that of a sharp picture, and one that asks for edges which the picture has not is none at all: then
 * there was no shake to be seen.
 */
public final class Shake {
    /** Of a kernel, px: larger shakes are not undone. */
    public static final int SIDE = 35;
    /** What a manifest calls a kernel, its rows one after the other. */
    public static final String CONDITION = "shake/" + SIDE + "x" + SIDE;
    /** Larger pictures show no more of a shake: with a kernel's side around it this makes a Fourier transform of 512 x 512. */
    public static final int LARGEST_WINDOW = 512 - SIDE;

    private static final int SMALLEST_WINDOW = 64;
    private static final int[] SIDES = {17, SIDE};
    /** Of an inverse filter, by the squared gradient. */
    private static final float INVERSE_SHRINKAGE = 0.005f;
    /** The strongest tap of a sharp picture's own kernel: 5 of 88 sharp photographs pass this and the next, and 4 of 88 shaken ones do not. */
    private static final float SHARP_PEAK = 0.27f;
    private static final float JUDGED_SPARSITY = 5e-4f;
    private static final float JUDGED_COUPLING = 16;
    /** A gradient's square that is an edge: four times what the last coupling lets pass. */
    private static final float EDGE_SQUARED = 4 * JUDGED_SPARSITY / JUDGED_COUPLING;
    /** Without what the picture's own edges do to it, px. */
    private static final int MARGIN = 16;
    /** No true kernel asks for more edges than the blurred picture has, save by a little. */
    private static final double MORE_EDGES = 1.05;
    /** Of windows along each side of a large picture. */
    private static final int PLACES = 3;

    private Shake() {}

    /** Whether a kernel is that of a picture in which no shake was seen. */
    public static boolean isNone(float[] kernel) {
        return Arrays.equals(kernel, none());
    }

    /** What is known of a picture that was not shaken. */
    static float[] none() {
        return Kernel.impulse(SIDE).values();
    }

    /** Reads a part of a picture. */
    @FunctionalInterface
    public interface Reader {
        Luma read(int x, int y, int width, int height);
    }

    /** {@link #kernelOf(int, int, Reader)} by the luma of what can be seen: the rim of a cut-out is as sharp as if nothing had shaken. */
    public static float[] kernelOf(Picture picture) {
        Picture part = picture.opaquePart();
        return kernelOf(part.width(), part.height(), new LumaReader(part));
    }

    /**
     * The kernel of a picture.
     *
     * <p>Takes the same time and memory for a picture of any size: a large one shows it where it has most edges.
     *
     * @return 35 rows of 35 values, not negative, with the sum 1 and the centre of mass in the middle; {@link #none} if there
     *     is no shake to be seen, or less than 64 x 64 pixels to see it in
     */
    public static float[] kernelOf(int width, int height, Reader picture) {
        return Math.min(width, height) < SMALLEST_WINDOW ? none() : kernelOf(window(width, height, picture));
    }

    private static Luma window(int width, int height, Reader picture) {
        int wide = Math.min(width, LARGEST_WINDOW);
        int high = Math.min(height, LARGEST_WINDOW);
        Luma busiest = null;
        double most = -1;
        for (int row = 0; row < (high < height ? PLACES : 1); row++) {
            for (int column = 0; column < (wide < width ? PLACES : 1); column++) {
                Luma window = picture.read(column * (width - wide) / (PLACES - 1), row * (height - high) / (PLACES - 1), wide, high);
                double contrast = window.contrast();
                if (contrast > most) {
                    most = contrast;
                    busiest = window;
                }
            }
        }
        return busiest;
    }

    private static float[] kernelOf(Luma picture) {
        try (var level = new Level(picture, SIDE)) {
            Kernel sharpest = Kernel.impulse(SIDE);
            double lowest = Double.POSITIVE_INFINITY;
            for (int side : SIDES) {
                Kernel kernel = KernelSearch.refined(level, KernelSearch.fromCoarseToFine(picture, side).within(SIDE));
                double blur = inner(level.inverse(kernel, INVERSE_SHRINKAGE), picture).normalisedSparsity();
                if (blur < lowest) {
                    lowest = blur;
                    sharpest = kernel;
                }
            }
            return isShake(level, sharpest, picture) ? sharpest.values() : none();
        }
    }

    private static boolean isShake(Level level, Kernel kernel, Luma picture) {
        return kernel.strongest() < SHARP_PEAK && edges(level, kernel, picture) < MORE_EDGES * edges(level, Kernel.impulse(SIDE), picture);
    }

    /** How many pixels are edges of the picture that explains this one with the fewest. */
    private static int edges(Level level, Kernel kernel, Luma picture) {
        return inner(level.sharp(kernel, JUDGED_SPARSITY, JUDGED_COUPLING), picture).edges(EDGE_SQUARED);
    }

    private static Luma inner(Luma torus, Luma picture) {
        return torus.cut(MARGIN, picture.width() - 2 * MARGIN, picture.height() - 2 * MARGIN);
    }
}
