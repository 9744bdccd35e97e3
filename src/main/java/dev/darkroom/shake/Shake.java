package dev.darkroom.shake;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the blur kernel of a camera shake from the blurred picture alone.
 *
 * <p>From coarse to fine, a picture with few edges and the kernel that blurs it into the given one are found in turn: sharp
 * pictures have few edges (Pan, Hu, Su and Yang 2014, without their prior for text), and only strong edges tell of the kernel
 * (Cho and Lee 2009; Xu and Jia 2010). That is done for shakes of three sizes. The kernel with which the fewest edges explain the
 * picture is the one; if it needs hardly fewer than no kernel at all, there was no shake.
 */
public final class Shake {
    /** Of a kernel, px: larger shakes are not undone. */
    public static final int SIDE = 35;
    /** What a manifest calls a kernel, its rows one after the other. */
    public static final String CONDITION = "shake/" + SIDE + "x" + SIDE;
    /** Larger pictures show no more of a shake: with a kernel's side around it this makes a Fourier transform of 512 x 512. */
    public static final int LARGEST_WINDOW = 512 - SIDE;

    private static final int SMALLEST_WINDOW = 64;
    private static final int[] SIDES = {9, 17, SIDE};
    private static final int SMALLEST_SIDE = 5;
    private static final double FINER = Math.sqrt(2);
    private static final int TURNS = 5;
    private static final float FIRST_SPARSITY = 4e-3f;
    private static final float LAST_SPARSITY = 1e-4f;
    private static final float SPARSITY_DECAY = 1.1f;
    private static final float COUPLING = 2;
    private static final float JUDGED_SPARSITY = 5e-4f;
    private static final float JUDGED_COUPLING = 16;
    /** A gradient's square that is an edge: four times what the last coupling lets pass. */
    private static final float EDGE_SQUARED = 4 * JUDGED_SPARSITY / JUDGED_COUPLING;
    /** Without what the picture's own edges do to it, px. */
    private static final int MARGIN = 16;
    /** The share of edges that has to vanish. None of twelve sharp photographs lost as much to a wrong kernel; at 1 all did. */
    private static final double CLEARLY = 0.94;
    /** Of windows along each side of a large picture. */
    private static final int PLACES = 3;

    private Shake() {}

    /** What is known of a picture that was not shaken. */
    static float[] none() {
        return Kernel.impulse(SIDE).values();
    }

    /** Reads a part of a picture. */
    @FunctionalInterface
    public interface Reader {
        Luma read(int x, int y, int width, int height);
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
        Kernel best = Kernel.impulse(SIDE);
        try (var level = new Level(picture, SIDE)) {
            double fewest = CLEARLY * edges(level, best, picture);
            for (int side : SIDES) {
                Kernel kernel = fromCoarseToFine(picture, side);
                double edges = edges(level, kernel, picture);
                if (edges < fewest) {
                    fewest = edges;
                    best = kernel.within(SIDE);
                }
            }
        }
        return best.values();
    }

    /** How many pixels are edges of the picture that explains this one with the fewest. */
    private static int edges(Level level, Kernel kernel, Luma picture) {
        return level.sharp(kernel, JUDGED_SPARSITY, JUDGED_COUPLING)
                .cut(MARGIN, picture.width() - 2 * MARGIN, picture.height() - 2 * MARGIN).edges(EDGE_SQUARED);
    }

    private static Kernel fromCoarseToFine(Luma picture, int side) {
        float sparsity = FIRST_SPARSITY;
        Kernel kernel = null;
        for (double scale : scales(side)) {
            int scaledSide = scaled(side, scale);
            kernel = kernel == null ? Kernel.dash(scaledSide) : kernel.scaledTo(scaledSide);
            try (var level = new Level(shrunk(picture, scale), scaledSide)) {
                for (int turn = 0; turn < TURNS; turn++) {
                    kernel = level.kernel(level.sharp(kernel, sparsity, COUPLING), scaledSide);
                    sparsity = Math.max(sparsity / SPARSITY_DECAY, LAST_SPARSITY);
                }
            }
        }
        return kernel;
    }

    /** From the one at which the kernel is smallest up to 1. */
    private static List<Double> scales(int side) {
        List<Double> scales = new ArrayList<>();
        double scale = 1;
        scales.add(scale);
        while (scaled(side, scale) > SMALLEST_SIDE) {
            scale /= FINER;
            scales.add(0, scale);
        }
        return scales;
    }

    /** Odd, at least 3. */
    private static int scaled(int side, double scale) {
        return scale == 1 ? side : Math.max(3, (int) Math.rint(side * scale) / 2 * 2 + 1);
    }

    private static Luma shrunk(Luma picture, double scale) {
        return scale == 1 ? picture
                : picture.resized((int) Math.rint(picture.width() * scale), (int) Math.rint(picture.height() * scale), INTER_AREA);
    }
}
