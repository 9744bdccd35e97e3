package dev.darkroom.train;

import ai.djl.ndarray.NDArray;
import dev.darkroom.loss.Measures;
import dev.darkroom.loss.arithmetic.Arithmetic;
import dev.darkroom.loss.measure.Measure;

/** What a step minimises of the pixels themselves, written once in {@code loss} and measured by the same code. */
enum PixelLoss {
    L1("l1", 1),
    /**
     * The mean PSNR itself. The factor gives its gradient the size of L1's at 32 dB, which is 10/ln 10 * 2/rmse times
     * as large, so that a training may change over without upsetting the optimiser's moments.
     */
    PSNR("psnr", 1 / 347f);

    private final Measure measure;
    private final float weight;

    PixelLoss(String measure, float weight) {
        this.measure = Measures.named(measure);
        this.weight = weight;
    }

    NDArray loss(NDArray restored, NDArray target) {
        return Arithmetic.times(measure.loss(restored, target), weight);
    }
}
