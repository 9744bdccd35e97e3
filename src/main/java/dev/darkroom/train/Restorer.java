package dev.darkroom.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Anything that removes noise of a known strength. */
@FunctionalInterface
public interface Restorer {

    /**
     * Restores one picture.
     *
     * @param noisy shape (1,3,H,W), RGB; clean pictures are in [0,1], unclipped noise may exceed it
     * @param sigma255 the noise's standard deviation on the 0..255 scale
     * @param manager the owner of the result
     * @return the restored picture, same shape, not clipped
     */
    NDArray restore(NDArray noisy, float sigma255, NDManager manager);
}
