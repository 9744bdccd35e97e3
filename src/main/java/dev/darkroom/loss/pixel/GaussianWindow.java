package dev.darkroom.loss.pixel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.darkroom.loss.arithmetic.Arithmetic;
import dev.darkroom.loss.arithmetic.Pause;

/** The 11x11 Gaussian window of sigma 1.5 that SSIM and MS-SSIM look through. */
final class GaussianWindow {

    static final int LENGTH = 11;

    /** What an axis loses because only whole windows count. */
    static final int MARGIN = LENGTH - 1;

    private static final double SIGMA = 1.5;
    private static final double[] TAPS = taps();

    private GaussianWindow() {}

    /** The window's weighted mean around every pixel that has a whole window: (N,C,H,W) to (N,C,H-10,W-10). */
    static NDArray means(NDArray maps) {
        Pause.take();
        try (NDManager scope = maps.getManager().newSubManager()) {
            NDArray alongRows = means(maps, 3, scope);
            NDArray means = means(alongRows, 2, scope);
            means.attach(maps.getManager());
            return means;
        }
    }

    // Sums of shifted copies: the engine's float64 convolution is many times slower and unfolds every window in memory.
    private static NDArray means(NDArray maps, int axis, NDManager scope) {
        NDArray sum = Arithmetic.times(shifted(maps, axis, MARGIN / 2, scope), TAPS[MARGIN / 2]);
        for (int i = 0; i < MARGIN / 2; i++) {
            try (NDArray pair = shifted(maps, axis, i, scope).add(shifted(maps, axis, MARGIN - i, scope));
                    NDArray weighted = Arithmetic.times(pair, TAPS[i])) {
                sum.addi(weighted);
            }
        }
        return sum;
    }

    private static NDArray shifted(NDArray maps, int axis, int offset, NDManager scope) {
        long valid = maps.getShape().get(axis) - MARGIN;
        NDArray view = maps.get(new NDIndex().addAllDim(axis).addSliceDim(offset, offset + valid).addEllipseDim());
        view.attach(scope);
        return view;
    }

    private static double[] taps() {
        double[] taps = new double[LENGTH];
        double sum = 0;
        for (int i = 0; i < LENGTH; i++) {
            double distance = i - MARGIN / 2;
            taps[i] = Math.exp(-distance * distance / (2 * SIGMA * SIGMA));
            sum += taps[i];
        }
        for (int i = 0; i < LENGTH; i++) {
            taps[i] /= sum;
        }
        return taps;
    }
}
