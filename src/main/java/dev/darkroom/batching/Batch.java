package dev.darkroom.batching;

import java.util.ArrayList;
import java.util.List;

/**
 * Tiles that one device runs together; whoever took it must either complete or fail it, or its halves.
 *
 * <p>Belongs to the thread that took it. Until it runs, {@link BatchQueue#grow} may add tiles at its end.
 *
 * @param <K> what the tiles have in common
 * @param <T> a tile
 */
public final class Batch<K, T> {
    record Entry<K, T>(Submission<K, T> submission, T tile) {}

    private final K key;
    private final List<Entry<K, T>> entries;
    private Deadline earliest;

    Batch(K key, List<Entry<K, T>> entries) {
        this.key = key;
        this.entries = new ArrayList<>(entries);
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

    List<Entry<K, T>> entries() {
        return entries;
    }

    boolean has(Submission<K, T> submission) {
        return entries.stream().anyMatch(entry -> entry.submission() == submission);
    }

    void add(Submission<K, T> submission, T tile) {
        entries.add(new Entry<>(submission, tile));
        Deadline deadline = submission.deadline();
        earliest = earliest == null || deadline.nanoTime() - earliest.nanoTime() < 0 ? deadline : earliest;
    }

    boolean isFirstDue(Submission<K, T> submission) {
        return submission.deadline() == earliest;
    }

    /** From now until the batch has to be done, so that each of its requests is in time with what follows; negative if that has passed. */
    public long nanosToDeadline() {
        return entries.stream().map(Entry::submission).mapToLong(submission -> submission.nanosTo(submission.deadline().dueNanoTime())).min().orElse(Long.MAX_VALUE);
    }

    long nanosToEarliestDeadline(long nowNanos) {
        return earliest == null ? Long.MAX_VALUE : earliest.nanoTime() - nowNanos;
    }

    /** Every tile's result has been delivered. */
    public void complete() {
        entries.forEach(entry -> entry.submission().tileDone());
    }

    /** No tile has a result; each tile's request fails. */
    public void fail(Throwable failure) {
        entries.forEach(entry -> entry.submission().tileFailed(failure));
    }

    /** Two batches in place of this one of two tiles or more, to find the culprit or to need less memory. */
    public List<Batch<K, T>> halves() {
        int half = entries.size() / 2;
        return List.of(new Batch<>(key, entries.subList(0, half)), new Batch<>(key, entries.subList(half, entries.size())));
    }
}
