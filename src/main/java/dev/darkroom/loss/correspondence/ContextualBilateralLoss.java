package dev.darkroom.loss.correspondence;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.darkroom.loss.arithmetic.Arithmetic;
import dev.darkroom.loss.correspondence.FeatureVectors.Block;
import dev.darkroom.loss.network.FeatureMap;
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
            NDList nearest = new NDList();
            for (Block block : vectors.blocks()) {
                nearest.add(nearest(block, vectors, scope));
            }
            NDArray loss = FeatureMap.joined(nearest, 1).mean(new int[] {1});
            loss.attach(outer);
            return loss;
        }
    }

    private NDArray nearest(Block block, FeatureVectors all, NDManager owner) {
        try (NDManager scope = owner.newSubManager()) {
            block.restored().attach(scope);
            block.places().attach(scope);
            NDArray unlikeness = Arithmetic.times(Dissimilarity.COSINE.between(block.restored(), all.reference()), 2);
            NDArray distances = unlikeness.add(Arithmetic.times(spatial(block.places(), all.places()), spatialWeight));
            NDArray nearest = distances.min(new int[] {2});
            nearest.attach(owner);
            return nearest;
        }
    }

    private static NDArray spatial(NDArray places, NDArray others) {
        NDArray differences = places.expandDims(1).sub(others.expandDims(0));
        return differences.square().sum(new int[] {2}).sqrt();
    }
}
