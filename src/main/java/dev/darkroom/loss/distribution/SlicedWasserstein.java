package dev.darkroom.loss.distribution;

import ai.djl.ndarray.NDArray;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * The sliced Wasserstein distance (Bonneel et al. 2015) between two sets of feature vectors, estimated along directions
 * that are uniform on the unit sphere.
 *
 * @param directions how many
 * @param p the order, whose root is taken
 * @param seeds one for every comparison
 */
record SlicedWasserstein(int directions, int p, LongSupplier seeds) {

    /** The distance for features of shape (N,C,H,W), shape (N). */
    NDArray of(NDArray features, NDArray referenceFeatures) {
        int channels = (int) features.getShape().get(1);
        UnaryOperator<NDArray> projected = Projection.onto(
                RandomProjection.Kind.RSP.directions(directions, channels, seeds.getAsLong()));
        NDArray power = ProjectedDistributionLoss.distance(features, referenceFeatures, projected, p, Reduction.MEAN);
        return Reduction.root(power, p);
    }
}
