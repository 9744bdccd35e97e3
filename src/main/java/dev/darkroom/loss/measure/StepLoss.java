package dev.darkroom.loss.measure;

import ai.djl.ndarray.NDArray;
import dev.darkroom.loss.network.FeatureWeightsException;

/**
 * A measure as a training minimises it, step after step: random directions are drawn anew for each step, and statistics
 * may remember what past steps saw. Not thread-safe.
 */
public interface StepLoss extends AutoCloseable {

    /**
     * The scalar to minimise, differentiable in the restored pictures and in their precision.
     *
     * @param restored in [0,1] where it restored well, shape (N,3,H,W)
     * @throws UnmeasurableException if the shapes differ or a side is too short
     * @throws FeatureWeightsException if weights that it needs are not installed, or damaged
     */
    NDArray loss(NDArray restored, NDArray reference);

    /** Forgets past steps. */
    @Override
    default void close() {}
}
