package dev.darkroom.batching;

import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.ToLongFunction;

/**
 * What the queue knows of the devices.
 *
 * @param nanosPerTile what a tile takes of the devices' time, all of them together; 0 if unknown
 * @param devices      how many share the work
 * @param guard        how long before a deadline would be missed a request goes first; at least what a batch takes
 * @param delay        how long a batch that is not full waits for more; zero: not at all
 */
public record Pace<K>(ToLongFunction<K> nanosPerTile, IntSupplier devices, Duration guard, Duration delay) {

    long nanosOfBatch(K key, int tiles) {
        return tiles * nanosPerTile.applyAsLong(key) * devices.getAsInt();
    }

    /** Nothing known, no delay: round-robin. */
    public static <K> Pace<K> unknown() {
        return new Pace<>(key -> 0, () -> 1, Duration.ZERO, Duration.ZERO);
    }
}
