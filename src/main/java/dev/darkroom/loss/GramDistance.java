package dev.darkroom.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** The style loss of Johnson et al. 2016 on one layer: how much channels' correlations differ, wherever they occur. */
final class GramDistance {

    private GramDistance() {}

    /** The squared Frobenius distance of the Gram matrices of features of shape (N,C,H,W), shape (N). */
    static NDArray of(NDArray features, NDArray referenceFeatures) {
        return matrix(features).sub(matrix(referenceFeatures)).square().sum(new int[] {1, 2});
    }

    /** F F^T / (C H W) of every picture, (N,C,H,W) to (N,C,C). */
    static NDArray matrix(NDArray features) {
        Shape shape = features.getShape();
        NDArray channels = features.flatten(2, -1);
        return channels.batchMatMul(channels.swapAxes(1, 2)).div(shape.size() / shape.get(0));
    }
}
