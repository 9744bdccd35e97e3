package dev.darkroom.loss.arithmetic;

import ai.djl.ndarray.NDArray;

/**
 * A sum of small arrays, one for each part of a picture, of which only the sum is kept.
 *
 * <p>A small array left behind between two parts keeps the memory of the large ones around it from being one piece again,
 * and the process grows with every part.
 */
public final class RunningSum {

    private NDArray sum;

    /** @param part belongs to the sum from now on */
    public void add(NDArray part) {
        if (sum == null) {
            sum = part;
            return;
        }
        try (NDArray before = sum; part) {
            sum = before.add(part);
        }
    }

    /** Null if nothing has been added. */
    public NDArray get() {
        return sum;
    }
}
