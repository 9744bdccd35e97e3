package dev.darkroom.loss.pixel;

import ai.djl.ndarray.NDArray;
import dev.darkroom.loss.arithmetic.MeanDifference;
import dev.darkroom.loss.measure.Measure;
import dev.darkroom.loss.measure.MeasureInfo;

/** The Charbonnier loss, mean sqrt((u - v)^2 + 1e-6): L1 with a rounded bottom, so equal pictures are 0.001 apart. */
public final class Charbonnier implements Measure {

    private static final double EPSILON = 1e-3;

    private static final MeasureInfo INFO = new MeasureInfo(
            "charbonnier", "", MeasureInfo.Better.LOWER, EPSILON, Math.hypot(1, EPSILON), 1,
            "mean sqrt((u - v)^2 + 0.001^2); Charbonnier et al. 1994");

    @Override
    public MeasureInfo info() {
        return INFO;
    }

    @Override
    public NDArray compare(NDArray restored, NDArray reference) {
        INFO.requireFit(restored, reference);
        return MeanDifference.of(restored, reference, difference -> difference.square().add(EPSILON * EPSILON).sqrt());
    }
}
