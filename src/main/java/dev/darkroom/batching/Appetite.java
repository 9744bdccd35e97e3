package dev.darkroom.batching;

/**
 * What a device's worker takes of what waits, when it is asked.
 *
 * @param <K> what tiles of a batch have in common
 */
@FunctionalInterface
public interface Appetite<K> {
    /** How many tiles of a key make a batch; 0: none of these now. */
    int tiles(K key);

    /** Whether it takes whatever comes: work in the background too, and what busy devices leave to an idle one. */
    default boolean takesAll() {
        return true;
    }
}
