package dev.darkroom.bench.simulation;

import java.time.Duration;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * What a device does in what time.
 *
 * @param nanosPerTile  of a side, in a full batch
 * @param tilesPerBatch of a side
 * @param perBatch      what a batch takes besides its tiles
 */
public record Speed(ToLongFunction<Integer> nanosPerTile, ToIntFunction<Integer> tilesPerBatch, Duration perBatch) {

    Duration of(int side, int tiles) {
        return perBatch.plusNanos(tiles * nanosPerTile.applyAsLong(side));
    }

    int tilesPerBatch(int side) {
        return tilesPerBatch.applyAsInt(side);
    }
}
