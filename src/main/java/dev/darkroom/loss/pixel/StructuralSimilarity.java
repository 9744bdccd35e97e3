package dev.darkroom.loss.pixel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.loss.arithmetic.Arithmetic;
import dev.darkroom.loss.arithmetic.RunningSum;

/**
 * What SSIM and MS-SSIM are made of: means over the valid pixels of each channel, shape (N,C).
 *
 * @param similarity the mean of luminance times contrast-structure, l * cs
 * @param contrastStructure the mean of cs alone
 */
record StructuralSimilarity(NDArray similarity, NDArray contrastStructure) {

    private static final double C1 = 0.01 * 0.01;
    private static final double C2 = 0.03 * 0.03;

    // Keeps the blurred maps in cache and the memory bounded, whatever the picture's size.
    private static final long STRIP_PIXELS = 1 << 17;
    private static final long LEAST_STRIP_ROWS = 4L * GaussianWindow.MARGIN;

    /** Compares pictures of shape (N,C,H,W) with sides of at least the window's. */
    static StructuralSimilarity of(NDArray x, NDArray y) {
        Shape shape = x.getShape();
        long rows = shape.get(2) - GaussianWindow.MARGIN;
        long columns = shape.get(3) - GaussianWindow.MARGIN;
        var similarity = new RunningSum();
        var contrastStructure = new RunningSum();
        long stripRows = Math.max(LEAST_STRIP_ROWS, STRIP_PIXELS / columns);
        for (long top = 0; top < rows; top += stripRows) {
            long bottom = Math.min(top + stripRows, rows) + GaussianWindow.MARGIN;
            NDIndex strip = new NDIndex().addAllDim(2).addSliceDim(top, bottom);
            var sums = sumsOf(x.get(strip), y.get(strip));
            similarity.add(sums.similarity);
            contrastStructure.add(sums.contrastStructure);
        }
        long pixels = rows * columns;
        return new StructuralSimilarity(Arithmetic.over(similarity.get(), pixels), Arithmetic.over(contrastStructure.get(), pixels));
    }

    private static StructuralSimilarity sumsOf(NDArray x, NDArray y) {
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

            NDArray luminance = Arithmetic.times(meanProduct, 2).add(C1).div(meanSquares.add(C1));
            NDArray contrastStructure = Arithmetic.times(covariance, 2).add(C2).div(variances.add(C2));
            NDArray similaritySum = luminance.mul(contrastStructure).sum(new int[] {2, 3});
            NDArray contrastStructureSum = contrastStructure.sum(new int[] {2, 3});
            similaritySum.attach(outer);
            contrastStructureSum.attach(outer);
            return new StructuralSimilarity(similaritySum, contrastStructureSum);
        }
    }
}
