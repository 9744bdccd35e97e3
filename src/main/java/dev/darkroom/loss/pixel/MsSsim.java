package dev.darkroom.loss.pixel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import dev.darkroom.loss.arithmetic.Arithmetic;
import dev.darkroom.loss.measure.Measure;
import dev.darkroom.loss.measure.MeasureInfo;

/**
 * Multi-scale structural similarity (Wang et al. 2003): contrast-structure at four scales and SSIM at the fifth, each
 * to the power of its weight; product for each channel, mean over channels.
 *
 * <p>An odd side repeats its last row or column before it is halved, as Matlab and TensorFlow do. Trains as
 * 1 - MS-SSIM.
 */
public final class MsSsim implements Measure {

    // Published so: their sum is 1.0001.
    private static final double[] WEIGHTS = {0.0448, 0.2856, 0.3001, 0.2363, 0.1333};

    private static final int SMALLEST_SIDE = (GaussianWindow.LENGTH - 1) * (1 << (WEIGHTS.length - 1)) + 1;

    private static final MeasureInfo INFO = new MeasureInfo(
            "ms-ssim", "", MeasureInfo.Better.HIGHER, 0, 1, SMALLEST_SIDE,
            "Wang, Simoncelli, Bovik: Multiscale structural similarity, 2003");

    // A power below 1 is infinitely steep at 0, where it would turn every gradient into NaN.
    private static final double LOSS_FLOOR = 1e-6;

    private static final Shape TWO_BY_TWO = new Shape(2, 2);
    private static final Shape NO_PADDING = new Shape(0, 0);

    @Override
    public MeasureInfo info() {
        return INFO;
    }

    @Override
    public NDArray compare(NDArray restored, NDArray reference) {
        return similarity(restored, reference, 0);
    }

    @Override
    public NDArray loss(NDArray restored, NDArray reference) {
        return similarity(restored, reference, LOSS_FLOOR).mean().neg().add(INFO.highest());
    }

    private static NDArray similarity(NDArray restored, NDArray reference, double floor) {
        INFO.requireFit(restored, reference);
        NDManager outer = restored.getManager();
        try (NDManager scope = outer.newSubManager()) {
            Shape shape = restored.getShape();
            NDArray product = scope.ones(new Shape(shape.get(0), shape.get(1)), restored.getDataType());
            NDArray x = restored;
            NDArray y = reference;
            for (int scale = 0; scale < WEIGHTS.length; scale++) {
                if (scale > 0) {
                    x = halved(x, scope);
                    y = halved(y, scope);
                }
                var parts = StructuralSimilarity.of(x, y);
                boolean coarsest = scale == WEIGHTS.length - 1;
                NDArray factor = coarsest ? parts.similarity() : parts.contrastStructure();
                product = product.mul(Arithmetic.power(Arithmetic.atLeast(factor, floor), WEIGHTS[scale]));
            }
            NDArray mean = product.mean(new int[] {1});
            mean.attach(outer);
            return mean;
        }
    }

    /** Means of 2x2 pixels; those at an odd border are means of what there is, as if the border were repeated. */
    private static NDArray halved(NDArray pictures, NDManager scope) {
        boolean keepsTheBorder = true;
        NDArray halved = Pool.avgPool2d(pictures, TWO_BY_TWO, TWO_BY_TWO, NO_PADDING, keepsTheBorder, false);
        halved.attach(scope);
        return halved;
    }
}
