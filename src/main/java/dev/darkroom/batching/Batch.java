package dev.darkroom.batching;

import java.util.List;

/**
 * Tiles that one device runs together; whoever took it must either complete or fail it.
 *
 * @param <K> what the tiles have in common
 * @param <T> a tile
 */
public final class Batch<K, T> {
    record Entry<K, T>(Submission<K, T> submission, T tile) {}

    private final K key;
    private final List<Entry<K, T>> entries;

    Batch(K key, List<Entry<K, T>> entries) {
        this.key = key;
        this.entries = List.copyOf(entries);
    }

    public K key() {
        return key;
    }

    public List<T> tiles() {
        return entries.stream().map(Entry::tile).toList();
    }

    public int size() {
        return entries.size();
    }

    /** Every tile's result has been delivered. */
    public void complete() {
        entries.forEach(entry -> entry.submission().tileDone());
    }

    /** No tile has a result; each tile's request fails. */
    public void fail(Throwable failure) {
        entries.forEach(entry -> entry.submission().tileFailed(failure));
    }

    /** The batch's tiles one by one, so that each can be tried alone and only the culprit fails. */
    public List<Batch<K, T>> split() {
        return entries.stream().map(entry -> new Batch<>(key, List.of(entry))).toList();
    }
}
