package dev.darkroom.bench.simulation;

import dev.darkroom.batching.Pace;
import java.time.Duration;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * What one device does in what time, if there are several.
 *
 * @param nanosPerTile  of a side, in a full batch
 * @param tilesPerBatch of a side, in a full batch
 * @param batchTime     of so many tiles, the batch full or not
 */
public record Speed(ToLongFunction<Integer> nanosPerTile, ToIntFunction<Integer> tilesPerBatch, Pace.BatchTime<Integer> batchTime) {

    /** Of a device that takes the same for each tile however many there are, and something for a batch besides. */
    static Speed even(ToLongFunction<Integer> nanosPerTile, ToIntFunction<Integer> tilesPerBatch, Duration perBatch) {
        return new Speed(nanosPerTile, tilesPerBatch, (side, tiles) -> perBatch.toNanos() + tiles * nanosPerTile.applyAsLong(side));
    }

    Duration of(int side, int tiles) {
        return Duration.ofNanos(batchTime.nanos(side, tiles));
    }

    int tilesPerBatch(int side) {
        return tilesPerBatch.applyAsInt(side);
    }
}
