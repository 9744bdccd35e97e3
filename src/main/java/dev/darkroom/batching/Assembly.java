package dev.darkroom.batching;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/** Makes batches of what waits: which key, and which tiles of it. Not thread-safe: belongs to the queue's lock. */
final class Assembly<K, T> {
    private final Turns<K, T> turns;
    private final Pace<K> pace;
    private final LongSupplier nanoClock;

    Assembly(Turns<K, T> turns, Pace<K> pace, LongSupplier nanoClock) {
        this.turns = turns;
        this.pace = pace;
        this.nanoClock = nanoClock;
    }

    /** @param waitForMore whether a batch that is not full is held back for the delay */
    Optional<Batch<K, T>> next(ToIntFunction<K> largest, boolean waitForMore) {
        Optional<Batch<K, T>> batch = nextKey(largest, waitForMore).map(key -> new Batch<>(key, List.of()));
        batch.ifPresent(empty -> fill(empty, largest));
        return batch;
    }

    private Optional<K> nextKey(ToIntFunction<K> largest, boolean waitForMore) {
        List<Submission<K, T>> urgent = turns.urgent();
        if (!urgent.isEmpty()) {
            return urgent.get(0).firstKey();
        }
        return turns.roundRobin().stream().map(Submission::firstKey).flatMap(Optional::stream).distinct()
                .filter(key -> !waitForMore || isFull(key, largest) || hasWaited(key)).findFirst();
    }

    private boolean isFull(K key, ToIntFunction<K> largest) {
        return turns.roundRobin().stream().mapToInt(submission -> submission.waiting(key)).sum() >= largest.applyAsInt(key);
    }

    private boolean hasWaited(K key) {
        long since = nanoClock.getAsLong() - pace.delay().toNanos();
        return turns.roundRobin().stream().anyMatch(s -> s.waiting(key) > 0 && s.submittedNanos() - since <= 0);
    }

    /** Whoever is in a hurry gives all it has; the others take turns until the batch is full. */
    void fill(Batch<K, T> batch, ToIntFunction<K> largest) {
        int room = Math.max(1, largest.applyAsInt(batch.key()));
        for (Submission<K, T> submission : turns.urgent()) {
            while (batch.size() < room && give(submission, batch)) {
                turns.gave(submission);
            }
        }
        while (batch.size() < room && oneTurn(batch, room)) {
            // each turn takes one tile of every request that has one of this key
        }
    }

    /** @return whether anything was added */
    private boolean oneTurn(Batch<K, T> batch, int room) {
        int before = batch.size();
        for (Submission<K, T> submission : turns.roundRobin()) {
            if (batch.size() < room && give(submission, batch)) {
                turns.gave(submission);
            }
        }
        return batch.size() > before;
    }

    private boolean give(Submission<K, T> submission, Batch<K, T> batch) {
        boolean first = batch.entries().stream().noneMatch(entry -> entry.submission() == submission);
        Optional<T> tile = submission.next(batch.key(), first, nanoClock.getAsLong());
        tile.ifPresent(taken -> batch.entries().add(new Batch.Entry<>(submission, taken)));
        return tile.isPresent();
    }
}
