package dev.darkroom.bench.simulation;

import dev.darkroom.batching.Batch;

/** What goes wrong with a batch on a device. */
public enum Fault {
    NONE,
    /** It fails, and so does every half of it with the culprit, down to the one tile. */
    BAD_TILE,
    /** It needs too much memory, unless it is a single tile. */
    OUT_OF_MEMORY,
    /** It takes ten times as long. */
    SLOW,
    /** The device fails for good. */
    DEVICE_LOST;

    /** Decides what goes wrong. */
    @FunctionalInterface
    public interface Source {
        Fault next(Batch<Integer, SimulatedTile> batch);
    }
}
