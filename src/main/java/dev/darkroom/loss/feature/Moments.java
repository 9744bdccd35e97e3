package dev.darkroom.loss.feature;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.loss.arithmetic.Arithmetic;
import java.util.stream.Stream;

/**
 * Means, variances and covariance of two pictures' features over positions, channel by channel, in float64.
 *
 * <p>Sums of squares are taken around the mean of their own part and parts are merged exactly (Chan, Golub, LeVeque 1983):
 * the mean of squares minus the squared mean would leave nothing but rounding on flat channels.
 *
 * @param count of positions
 * @param meanU shape (N,C), as are all others
 * @param squaresU the sum of squared deviations
 * @param products the sum of products of deviations
 */
record Moments(double count, NDArray meanU, NDArray meanV, NDArray squaresU, NDArray squaresV, NDArray products) {

    private static final int[] POSITIONS = {2};
    private static final long STRIP_VALUES = 1 << 22;

    /** Of features of shape (N,C,H,W), in strips of rows so that no copy as large as they are is made. */
    static Moments of(NDArray u, NDArray v) {
        Shape shape = u.getShape();
        long height = shape.get(2);
        long rows = Math.max(1, STRIP_VALUES * height / shape.size());
        Moments sum = null;
        for (long top = 0; top < height; top += rows) {
            NDIndex strip = new NDIndex().addAllDim(2).addSliceDim(top, Math.min(top + rows, height));
            try (NDArray stripU = u.get(strip); NDArray stripV = v.get(strip)) {
                Moments part = ofStrip(stripU, stripV);
                sum = sum == null ? part : sum.merge(part);
            }
        }
        return sum;
    }

    private static Moments ofStrip(NDArray u, NDArray v) {
        double count = u.getShape().get(2) * u.getShape().get(3);
        try (NDArray flatU = u.flatten(2, -1);
                NDArray flatV = v.flatten(2, -1);
                NDArray meanU = flatU.mean(POSITIONS, true);
                NDArray meanV = flatV.mean(POSITIONS, true);
                NDArray aroundU = flatU.sub(meanU);
                NDArray aroundV = flatV.sub(meanV)) {
            return new Moments(count, precise(meanU.squeeze(2)), precise(meanV.squeeze(2)),
                    sum(aroundU.square()), sum(aroundV.square()), sum(aroundU.mul(aroundV)));
        }
    }

    /** Neither this nor the other is left. */
    Moments merge(Moments other) {
        NDManager outer = meanU.getManager();
        try (NDManager scope = outer.newSubManager()) {
            return in(scope).merged(other.in(scope)).in(outer);
        }
    }

    private Moments merged(Moments other) {
        double total = count + other.count;
        NDArray stepU = other.meanU.sub(meanU);
        NDArray stepV = other.meanV.sub(meanV);
        double share = other.count / total;
        double weight = count * share;
        return new Moments(total, meanU.add(Arithmetic.times(stepU, share)), meanV.add(Arithmetic.times(stepV, share)),
                squaresU.add(other.squaresU).add(Arithmetic.times(stepU.square(), weight)),
                squaresV.add(other.squaresV).add(Arithmetic.times(stepV.square(), weight)),
                products.add(other.products).add(Arithmetic.times(stepU.mul(stepV), weight)));
    }

    NDArray varianceU() {
        return Arithmetic.over(squaresU, count);
    }

    NDArray varianceV() {
        return Arithmetic.over(squaresV, count);
    }

    NDArray covariance() {
        return Arithmetic.over(products, count);
    }

    /** The same arrays, moved to this manager. */
    Moments in(NDManager manager) {
        Stream.of(meanU, meanV, squaresU, squaresV, products).forEach(array -> array.attach(manager));
        return this;
    }

    private static NDArray sum(NDArray products) {
        try (products) {
            return precise(products.sum(POSITIONS));
        }
    }

    /** Multiplied, because the engine's conversion ends the gradient. */
    private static NDArray precise(NDArray statistics) {
        try (NDArray one = statistics.getManager().ones(new Shape(1), DataType.FLOAT64)) {
            return statistics.mul(one);
        }
    }
}
