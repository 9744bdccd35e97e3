package dev.darkroom.loss.feature;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.loss.arithmetic.Arithmetic;

/** The style loss of Johnson et al. 2016 on one layer: how much channels' correlations differ, wherever they occur. */
final class GramDistance {

    private GramDistance() {}

    /** The squared Frobenius distance of the Gram matrices of features of shape (N,C,H,W), shape (N). */
    static NDArray of(NDArray features, NDArray referenceFeatures) {
        return ofMatrices(matrix(features), matrix(referenceFeatures));
    }

    /** The squared Frobenius distance of matrices of shape (N,C,C), shape (N). */
    static NDArray ofMatrices(NDArray matrix, NDArray referenceMatrix) {
        return matrix.sub(referenceMatrix).square().sum(new int[] {1, 2});
    }

    /** F F^T / (C H W) of every picture, (N,C,H,W) to (N,C,C). */
    static NDArray matrix(NDArray features) {
        Shape shape = features.getShape();
        return Arithmetic.over(product(features), shape.size() / shape.get(0));
    }

    /** F F^T of every picture, (N,C,H,W) to (N,C,C). */
    static NDArray product(NDArray features) {
        NDArray channels = features.flatten(2, -1);
        return channels.batchMatMul(channels.swapAxes(1, 2));
    }
}
