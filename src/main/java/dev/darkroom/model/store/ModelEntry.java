package dev.darkroom.model.store;

import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Manifest;

/**
 * One version as the store lists it.
 *
 * @param manifest of the serving copy, else the last one read, or null when it could not be read
 * @param refusal why the files now on disk did not replace the serving copy, why a resting version could not be loaded, or null
 */
public record ModelEntry(CheckpointId id, ModelState state, Manifest manifest, String refusal) {}
