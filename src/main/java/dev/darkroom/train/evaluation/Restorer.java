package dev.darkroom.train.evaluation;

import dev.darkroom.train.photo.Planes;

/** Anything that makes a clean picture of a degraded one. */
@FunctionalInterface
interface Restorer {

    /**
     * Restores one picture.
     *
     * @return the size of the trial's target, not clipped
     */
    Planes restore(Trial trial);
}
