package dev.darkroom.loss.semantic;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.darkroom.loss.arithmetic.PatchGrid;
import dev.darkroom.loss.network.FeatureMap;
import dev.darkroom.loss.network.FeatureNetwork;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The features of a picture's windows, which deep semantic statistics compare with each other.
 *
 * @param side of a window in pixels
 * @param stride pixels from one window to the next
 * @param most windows; where a picture has more of them, they are taken further apart, by whole strides
 */
record SemanticSamples(FeatureNetwork network, int side, int stride, int most) {

    static final String LAYER = "relu5_3";
    private static final long PIXELS_TOGETHER = 8 * 224 * 224;

    /** (1,3,H,W) to (windows, D) in the owner. */
    NDArray of(NDArray picture, NDManager owner) {
        List<NDArray> windows = windows(picture);
        int together = (int) Math.max(1, PIXELS_TOGETHER / ((long) side * side));
        NDList features = new NDList();
        IntStream.iterate(0, from -> from < windows.size(), from -> from + together)
                .forEach(from -> features.add(features(windows.subList(from, Math.min(from + together, windows.size())), owner)));
        NDArray samples = FeatureMap.joined(features, 0);
        samples.attach(owner);
        return samples;
    }

    private List<NDArray> windows(NDArray picture) {
        int apart = stride;
        while (new PatchGrid(side, apart).count(picture.getShape()) > most) {
            apart += stride;
        }
        return new PatchGrid(side, apart).covering(picture);
    }

    private NDArray features(List<NDArray> windows, NDManager owner) {
        try (NDManager scope = owner.newSubManager()) {
            NDArray together = NDArrays.concat(new NDList(windows));
            together.attach(scope);
            NDArray features = network.features(together, LAYER).get(0).flatten(1, -1);
            features.attach(owner);
            return features;
        }
    }
}
