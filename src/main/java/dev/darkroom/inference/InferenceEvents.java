package dev.darkroom.inference;

import java.time.Duration;

/** What happens on the devices, for whoever counts it; called on a device's thread, so it must be quick and must not throw. */
public interface InferenceEvents {
    InferenceEvents NONE = new InferenceEvents() {};

    /**
     * A batch has its results.
     *
     * @param fill   share of the tiles that would have been worth running together
     * @param pixels of all tiles, halos included
     */
    default void batchRan(String device, int tiles, double fill, long pixels, Duration time) {}

    /** A batch is tried again in two halves, because it failed or needed too much memory. */
    default void batchHalved(String device) {}

    /** @param pixels how many a batch may have from now on */
    default void capChanged(String device, long pixels) {}

    /** Output in reduced precision was not finite and is computed again in float32. */
    default void recomputed(String device) {}

    default void workerReplaced(String device) {}

    default void deviceLost(String device) {}

    /** A device that was lost works again. */
    default void deviceCameBack(String device) {}
}
