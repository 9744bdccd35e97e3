package dev.darkroom.loss.pixel;

import ai.djl.ndarray.NDArray;
import dev.darkroom.loss.arithmetic.MeanDifference;
import dev.darkroom.loss.measure.Measure;
import dev.darkroom.loss.measure.MeasureInfo;

/** MSE, mean (u - v)^2 over channels and pixels. */
public final class MeanSquaredError implements Measure {

    private static final MeasureInfo INFO =
            new MeasureInfo("mse", "", MeasureInfo.Better.LOWER, 0, 1, 1, "mean (u - v)^2");

    @Override
    public MeasureInfo info() {
        return INFO;
    }

    @Override
    public NDArray compare(NDArray restored, NDArray reference) {
        INFO.requireFit(restored, reference);
        return MeanDifference.of(restored, reference, NDArray::square);
    }
}
