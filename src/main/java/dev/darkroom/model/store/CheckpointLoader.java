package dev.darkroom.model.store;

import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.CheckpointRefusedException;
import dev.darkroom.model.Manifest;
import java.nio.file.Path;

/**
 * Brings a verified checkpoint onto its device, warms it up over its tile shapes and runs its self-test.
 *
 * @param <C> a checkpoint that is ready to run; closing it frees the device's memory
 */
@FunctionalInterface
public interface CheckpointLoader<C extends AutoCloseable> {

    /**
     * Returns a checkpoint that passed its self-test; the store closes it once, when nobody uses it any more.
     *
     * @throws CheckpointRefusedException if it cannot be loaded or fails its self-test
     */
    C load(CheckpointId id, Manifest manifest, Path modelFile);
}
