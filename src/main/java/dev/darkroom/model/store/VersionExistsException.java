package dev.darkroom.model.store;

import dev.darkroom.model.CheckpointId;

/** A checkpoint of this name and version is in the store already; published versions do not change. */
public final class VersionExistsException extends RuntimeException {

    VersionExistsException(CheckpointId id) {
        super(id + " exists already");
    }
}
