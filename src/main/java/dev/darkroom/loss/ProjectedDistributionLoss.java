package dev.darkroom.loss;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;

/**
 * The projected distribution loss (Delbracio, Talebi, Milanfar 2021): the Wasserstein distances between the values that
 * features take along each direction, wherever in the picture they take them.
 *
 * <p>Values are sorted for each picture and direction, so pictures must be of one size; on a large picture the loss is
 * weaker than the mean over its {@link Patches}.
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
        return reduction.of(sorted(features, projected).sub(sorted(referenceFeatures, projected)), p);
    }

    /** The whole objective, for pictures and their features of shape (N,C,H,W); shape (N). */
    NDArray withPixels(NDArray restored, NDArray reference, NDArray features, NDArray referenceFeatures) {
        NDArray differences = restored.sub(reference).flatten(1, -1).expandDims(1);
        return reduction.of(differences, q).add(of(features, referenceFeatures).mul(lambda));
    }

    private static NDArray sorted(NDArray features, UnaryOperator<NDArray> projected) {
        return projected.apply(features.flatten(2, -1)).sort(2);
    }
}
