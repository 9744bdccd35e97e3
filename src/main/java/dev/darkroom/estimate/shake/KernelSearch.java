package dev.darkroom.estimate.shake;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;

import java.util.ArrayList;
import java.util.List;

/**
 * Looks for a kernel and a sharp picture in turn: sharp pictures have few edges (Pan, Hu, Su and Yang 2014, without their prior for
 * text), and only strong edges tell of the kernel (Cho and Lee 2009; Xu and Jia 2010).
 */
final class KernelSearch {
    private static final int SMALLEST_SIDE = 5;
    private static final double FINER = Math.sqrt(2);
    private static final int TURNS = 5;
    private static final int STEPS = 18;
    private static final float WEAKEST_TAP = 0.05f;
    private static final float COUPLING = 2;
    private static final float FIRST_SPARSITY = 1.6e-2f;
    private static final float SPARSITY_DECAY = 1.1f;

    private static final int LAST_TURNS = 3;
    private static final int LAST_STEPS = 40;
    private static final float LAST_WEAKEST_TAP = 0.03f;
    private static final float LAST_SPARSITY = 6e-4f;

    private KernelSearch() {}

    static Kernel fromCoarseToFine(Luma picture, int side) {
        float sparsity = FIRST_SPARSITY;
        Kernel kernel = null;
        for (double scale : scales(side)) {
            int scaledSide = scaled(side, scale);
            kernel = kernel == null ? Kernel.dash(scaledSide) : kernel.scaledTo(scaledSide);
            try (var level = new Level(shrunk(picture, scale), scaledSide)) {
                for (int turn = 0; turn < TURNS; turn++) {
                    kernel = level.kernel(level.sharp(kernel, sparsity, COUPLING), scaledSide, STEPS).cleaned(WEAKEST_TAP).centred();
                    sparsity /= SPARSITY_DECAY;
                }
            }
        }
        return kernel;
    }

    /** With finer edges and fainter taps, once it is about right. */
    static Kernel refined(Level level, Kernel kernel) {
        float sparsity = LAST_SPARSITY;
        Kernel refined = kernel;
        for (int turn = 0; turn < LAST_TURNS; turn++) {
            refined = level.kernel(level.sharp(refined, sparsity, COUPLING), kernel.side(), LAST_STEPS).cleaned(LAST_WEAKEST_TAP).centred();
            sparsity /= SPARSITY_DECAY;
        }
        return refined;
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
