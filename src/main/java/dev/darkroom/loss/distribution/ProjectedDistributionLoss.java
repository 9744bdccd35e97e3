package dev.darkroom.loss.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.darkroom.loss.arithmetic.PatchGrid;
import java.util.function.UnaryOperator;

/**
 * The projected distribution loss (Delbracio, Talebi, Milanfar 2021): the Wasserstein distances between the values that
 * features take along each direction, wherever in the picture they take them.
 *
 * <p>Values are sorted for each picture and direction, so pictures must be of one size; on a large picture the loss is
 * weaker than the mean over its {@link PatchGrid}.
 *
 * @param projection along which directions
 * @param p the order of the Wasserstein distance
 * @param q the order of the norm of pixel differences
 * @param lambda the weight of the distances beside that norm
 * @param reduction how differences of either become a number
 */
record ProjectedDistributionLoss(Projection projection, int p, int q, double lambda, Reduction reduction) {

    /** The distances alone, for features of shape (N,C,H,W); shape (N). */
    NDArray of(NDArray features, NDArray referenceFeatures) {
        UnaryOperator<NDArray> projected = projection.draw((int) features.getShape().get(1));
        return distance(features, referenceFeatures, projected, p, reduction);
    }

    /** The norm of pixel differences alone, for pictures of shape (N,C,H,W); shape (N). */
    NDArray pixels(NDArray restored, NDArray reference) {
        NDArray differences = restored.sub(reference).flatten(1, -1).expandDims(1);
        return reduction.of(differences, q);
    }

    /** Compares the sorted values of projected features; shape (N). */
    static NDArray distance(NDArray features, NDArray referenceFeatures, UnaryOperator<NDArray> projected, int p,
            Reduction reduction) {
        NDManager outer = features.getManager();
        try (NDManager scope = outer.newSubManager()) {
            NDArray u = sorted(features, projected, scope);
            NDArray v = sorted(referenceFeatures, projected, scope);
            NDArray distance = reduction.of(u.sub(v), p);
            distance.attach(outer);
            return distance;
        }
    }

    private static NDArray sorted(NDArray features, UnaryOperator<NDArray> projected, NDManager scope) {
        NDArray values = features.flatten(2, -1);
        values.attach(scope);
        return projected.apply(values).sort(2);
    }
}
