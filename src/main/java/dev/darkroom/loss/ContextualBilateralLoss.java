package dev.darkroom.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.function.LongSupplier;

/**
 * The contextual bilateral loss (Zhang et al. 2019): how far each feature of the restored picture is from the nearest
 * one of the reference, in cosine distance plus weighted distance in the feature map; not symmetric.
 *
 * @param spatialWeight of one position of the feature map
 * @param seeds one for every comparison, for the positions that are kept where there are too many
 */
record ContextualBilateralLoss(double spatialWeight, LongSupplier seeds) {

    /** The loss for features of shape (N,C,H,W), shape (N), in float64. */
    NDArray of(NDArray features, NDArray referenceFeatures) {
        NDManager outer = features.getManager();
        try (NDManager scope = outer.newSubManager()) {
            FeatureVectors vectors = FeatureVectors.of(features, referenceFeatures, seeds.getAsLong(), scope);
            NDArray unlikeness = Dissimilarity.COSINE.between(vectors.restored(), vectors.reference()).mul(2);
            NDArray distances = unlikeness.add(spatial(vectors.places()).mul(spatialWeight));
            NDArray loss = distances.min(new int[] {2}).mean(new int[] {1});
            loss.attach(outer);
            return loss;
        }
    }

    private static NDArray spatial(NDArray places) {
        NDArray differences = places.expandDims(1).sub(places.expandDims(0));
        return differences.square().sum(new int[] {2}).sqrt();
    }
}
