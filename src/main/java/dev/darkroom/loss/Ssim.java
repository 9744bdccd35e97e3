package dev.darkroom.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/**
 * Structural similarity (Wang et al. 2004): 11x11 Gaussian window of sigma 1.5 over valid pixels, population
 * covariance, mean over channels.
 *
 * <p>Trains as 1 - SSIM.
 */
final class Ssim implements Measure {

    private static final MeasureInfo INFO = new MeasureInfo(
            "ssim", "", MeasureInfo.Better.HIGHER, -1, 1, GaussianWindow.LENGTH,
            "Wang, Bovik, Sheikh, Simoncelli: Image quality assessment, 2004");

    private static final double C1 = 0.01 * 0.01;
    private static final double C2 = 0.03 * 0.03;

    // Keeps the blurred maps in cache and the memory bounded, whatever the picture's size.
    private static final long STRIP_PIXELS = 1 << 17;
    private static final long LEAST_STRIP_ROWS = 4L * GaussianWindow.MARGIN;

    @Override
    public MeasureInfo info() {
        return INFO;
    }

    @Override
    public NDArray compare(NDArray restored, NDArray reference) {
        INFO.requireFit(restored, reference);
        Shape shape = restored.getShape();
        long rows = shape.get(2) - GaussianWindow.MARGIN;
        long columns = shape.get(3) - GaussianWindow.MARGIN;
        NDArray sum = restored.getManager().zeros(new Shape(shape.get(0)), restored.getDataType());
        long stripRows = Math.max(LEAST_STRIP_ROWS, STRIP_PIXELS / columns);
        for (long top = 0; top < rows; top += stripRows) {
            long bottom = Math.min(top + stripRows, rows) + GaussianWindow.MARGIN;
            NDIndex strip = new NDIndex().addAllDim(2).addSliceDim(top, bottom);
            sum = sum.add(sumOfSimilarities(restored.get(strip), reference.get(strip)));
        }
        return sum.div(shape.get(1) * rows * columns);
    }

    /** The sum of l * cs over channels and valid pixels, shape (N). */
    private static NDArray sumOfSimilarities(NDArray x, NDArray y) {
        NDManager outer = x.getManager();
        try (NDManager scope = outer.newSubManager()) {
            x.attach(scope);
            y.attach(scope);
            NDArray meanX = GaussianWindow.means(x);
            NDArray meanY = GaussianWindow.means(y);
            NDArray meanProduct = meanX.mul(meanY);
            NDArray meanSquares = meanX.square().add(meanY.square());
            NDArray covariance = GaussianWindow.means(x.mul(y)).sub(meanProduct);
            NDArray variances = GaussianWindow.means(x.square().add(y.square())).sub(meanSquares);

            NDArray luminance = meanProduct.mul(2).add(C1).div(meanSquares.add(C1));
            NDArray contrastStructure = covariance.mul(2).add(C2).div(variances.add(C2));
            NDArray sum = luminance.mul(contrastStructure).flatten(1, -1).sum(new int[] {1});
            sum.attach(outer);
            return sum;
        }
    }
}
