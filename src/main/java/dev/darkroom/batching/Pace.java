package dev.darkroom.batching;

import java.time.Duration;
import java.util.function.ToLongFunction;

/**
 * What the queue knows of the devices.
 *
 * @param nanosPerTile what a tile takes of the devices' time in a full batch, all of them together; 0 if unknown
 * @param batchTime    what a batch takes of one device
 * @param guard        how long before a deadline would be missed a request goes first; at least what a batch takes
 * @param delay        how long a batch that is not full waits for more; zero: not at all
 */
public record Pace<K>(ToLongFunction<K> nanosPerTile, BatchTime<K> batchTime, Duration guard, Duration delay) {

    /** How long one device is busy with some tiles of a key. */
    @FunctionalInterface
    public interface BatchTime<K> {
        long nanos(K key, int tiles);
    }

    /** Nothing known, no delay: round-robin. */
    public static <K> Pace<K> unknown() {
        return new Pace<>(key -> 0, (key, tiles) -> 0, Duration.ZERO, Duration.ZERO);
    }
}
