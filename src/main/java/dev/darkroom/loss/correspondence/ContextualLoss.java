package dev.darkroom.loss.correspondence;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.darkroom.loss.arithmetic.Arithmetic;
import dev.darkroom.loss.arithmetic.Pause;
import dev.darkroom.loss.correspondence.FeatureVectors.Block;
import dev.darkroom.loss.network.FeatureMap;
import java.util.function.LongSupplier;

/**
 * The contextual loss (Mechrez, Talmi, Zelnik-Manor 2018): whether each feature of the reference is found anywhere in
 * the restored picture, -log of the contextual similarity; from 0 to the logarithm of the number of positions.
 *
 * <p>Its two arguments are not interchangeable. Equal pictures are 0 apart only as far as their features are distinct:
 * on a flat picture the loss is at its highest.
 *
 * @param dissimilarity of two features
 * @param bandwidth h, how soft the choice of the nearest feature is
 * @param seeds one for every comparison, for the positions that are kept where there are too many
 */
record ContextualLoss(Dissimilarity dissimilarity, double bandwidth, LongSupplier seeds) {

    // Relates a distance to the least one; its size is part of the definition.
    private static final double EPSILON = 1e-5;

    // Beyond it a softmax is 0 anyway; a copy of a feature among unlike ones would reach infinity.
    private static final double FARTHEST = 1e4;

    /** The loss for features of shape (N,C,H,W), shape (N), in float64. */
    NDArray of(NDArray features, NDArray referenceFeatures) {
        NDManager outer = features.getManager();
        try (NDManager scope = outer.newSubManager()) {
            FeatureVectors vectors = FeatureVectors.of(features, referenceFeatures, seeds.getAsLong(), scope);
            NDList best = new NDList();
            for (Block block : vectors.blocks()) {
                Pause.take();
                best.add(bestOf(block, vectors.reference(), scope));
            }
            NDArray loss = ofSimilarities(FeatureMap.joined(best, 1).max(new int[] {1}));
            loss.attach(outer);
            return loss;
        }
    }

    private NDArray bestOf(Block block, NDArray reference, NDManager owner) {
        try (NDManager scope = owner.newSubManager()) {
            block.restored().attach(scope);
            NDArray best = affinities(dissimilarity.between(block.restored(), reference)).max(new int[] {1}, true);
            best.attach(owner);
            return best;
        }
    }

    /** The loss where features of the restored picture (rows) are this far from those of the reference (columns). */
    NDArray ofDistances(NDArray distances) {
        return ofSimilarities(affinities(distances).max(new int[] {1}));
    }

    /** How surely each feature of the restored picture is taken for each one of the reference, row by row. */
    private NDArray affinities(NDArray distances) {
        NDArray relative = Arithmetic.atMost(distances.div(distances.min(new int[] {2}, true).add(EPSILON)), FARTHEST);
        return Arithmetic.over(relative, -bandwidth).softmax(2);
    }

    private static NDArray ofSimilarities(NDArray best) {
        // Rounding may lift the similarity above 1, and the negative of 0 is not 0 on paper.
        return Arithmetic.atLeast(best.mean(new int[] {1}).log().neg(), 0).add(0);
    }
}
