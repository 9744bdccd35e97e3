package dev.darkroom.train;

import ai.djl.ndarray.NDManager;

/** Opens the restorer that a command line names. */
@FunctionalInterface
public interface RestorerSource {

    /**
     * Opens a restorer.
     *
     * @param location which one: a checkpoint's name in the store, or a file
     * @param owner closes it
     */
    Restorer open(String location, NDManager owner);
}
