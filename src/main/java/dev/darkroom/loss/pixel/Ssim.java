package dev.darkroom.loss.pixel;

import ai.djl.ndarray.NDArray;
import dev.darkroom.loss.measure.Measure;
import dev.darkroom.loss.measure.MeasureInfo;

/**
 * Structural similarity (Wang et al. 2004): 11x11 Gaussian window of sigma 1.5 over valid pixels, population
 * covariance, mean over channels.
 *
 * <p>Trains as 1 - SSIM.
 */
public final class Ssim implements Measure {

    private static final MeasureInfo INFO = new MeasureInfo(
            "ssim", "", MeasureInfo.Better.HIGHER, -1, 1, GaussianWindow.LENGTH,
            "Wang, Bovik, Sheikh, Simoncelli: Image quality assessment, 2004");

    @Override
    public MeasureInfo info() {
        return INFO;
    }

    @Override
    public NDArray compare(NDArray restored, NDArray reference) {
        INFO.requireFit(restored, reference);
        return StructuralSimilarity.of(restored, reference).similarity().mean(new int[] {1});
    }
}
