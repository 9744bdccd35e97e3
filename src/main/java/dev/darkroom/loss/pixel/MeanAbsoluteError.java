package dev.darkroom.loss.pixel;

import ai.djl.ndarray.NDArray;
import dev.darkroom.loss.arithmetic.MeanDifference;
import dev.darkroom.loss.measure.Measure;
import dev.darkroom.loss.measure.MeasureInfo;

/** L1, mean |u - v| over channels and pixels; its gradient is 0 where the two agree. */
public final class MeanAbsoluteError implements Measure {

    private static final MeasureInfo INFO =
            new MeasureInfo("l1", "", MeasureInfo.Better.LOWER, 0, 1, 1, "mean |u - v|");

    @Override
    public MeasureInfo info() {
        return INFO;
    }

    @Override
    public NDArray compare(NDArray restored, NDArray reference) {
        INFO.requireFit(restored, reference);
        return MeanDifference.of(restored, reference, NDArray::abs);
    }
}
