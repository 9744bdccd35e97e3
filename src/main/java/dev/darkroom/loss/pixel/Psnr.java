package dev.darkroom.loss.pixel;

import ai.djl.ndarray.NDArray;
import dev.darkroom.loss.arithmetic.Arithmetic;
import dev.darkroom.loss.measure.Measure;
import dev.darkroom.loss.measure.MeasureInfo;

/**
 * Peak signal-to-noise ratio for a peak of 1: 10 log10(1 / MSE), one logarithm for all channels; infinite for equal
 * pictures.
 */
public final class Psnr implements Measure {

    private static final MeasureInfo INFO = new MeasureInfo(
            "psnr", "dB", MeasureInfo.Better.HIGHER, 0, Double.POSITIVE_INFINITY, 1, "10 log10(1 / mean (u - v)^2)");

    // Beyond 43 dB nobody sees a difference; pictures that a network need not change would outweigh all others.
    private static final double LOSS_FLOOR = 5e-5;

    private final Measure mse = new MeanSquaredError();

    @Override
    public MeasureInfo info() {
        return INFO;
    }

    @Override
    public NDArray compare(NDArray restored, NDArray reference) {
        return Arithmetic.times(mse.compare(restored, reference).log10(), -10);
    }

    @Override
    public NDArray loss(NDArray restored, NDArray reference) {
        return Arithmetic.times(mse.compare(restored, reference).add(LOSS_FLOOR).log10(), 10).mean();
    }
}
