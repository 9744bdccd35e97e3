package dev.darkroom.train.evaluation;

import ai.djl.ndarray.NDManager;
import dev.darkroom.model.Task;

/** Opens the restorer that a command line names. */
@FunctionalInterface
interface RestorerSource {

    /**
     * Opens a restorer.
     *
     * @param location which one: a checkpoint's name in the store, or a file
     * @param owner closes it
     */
    Restorer open(Task task, String location, NDManager owner);
}
