package dev.darkroom.batching;

import java.util.ArrayList;
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
        return batch.filter(filled -> filled.size() > 0);
    }

    private Optional<K> nextKey(ToIntFunction<K> largest, boolean waitForMore) {
        turns.advance();
        Optional<K> urgent = turns.urgent().stream().findFirst().flatMap(Submission::firstKey);
        if (urgent.isPresent() || !waitForMore) {
            return urgent.or(turns::firstKey);
        }
        return turns.waiting().map(Submission::firstKey).flatMap(Optional::stream).distinct()
                .filter(key -> isFull(key, largest) || hasWaited(key)).findFirst();
    }

    private boolean isFull(K key, ToIntFunction<K> largest) {
        return turns.waiting().mapToInt(submission -> submission.waiting(key)).sum() >= largest.applyAsInt(key);
    }

    private boolean hasWaited(K key) {
        long since = nanoClock.getAsLong() - pace.delay().toNanos();
        return turns.waiting().anyMatch(s -> s.waiting(key) > 0 && s.submittedNanos() - since <= 0);
    }

    void fill(Batch<K, T> batch, ToIntFunction<K> largest) {
        int room = Math.max(1, largest.applyAsInt(batch.key()));
        List<Submission<K, T>> urgent = turns.urgent();
        if (urgent.isEmpty()) {
            while (batch.size() < room && oneTurn(batch, room)) {
                // each turn takes one tile of every request that has one of this key
            }
        } else {
            inOrder(urgent, batch, room);
        }
    }

    /** Each gives all it has before the next. */
    private void inOrder(List<Submission<K, T>> urgent, Batch<K, T> batch, int room) {
        for (Submission<K, T> submission : urgent) {
            while (batch.size() < room && give(submission, batch)) {
                turns.gave(submission);
            }
            if (!submission.isSpent()) {
                return;
            }
        }
    }


    /** @return whether anything was added */
    private boolean oneTurn(Batch<K, T> batch, int room) {
        List<Submission<K, T>> gave = new ArrayList<>();
        turns.waiting().takeWhile(submission -> batch.size() < room)
                .filter(submission -> give(submission, batch)).forEach(gave::add);
        gave.forEach(turns::gave);
        return !gave.isEmpty();
    }

    /** Nobody may make the batch too long for another who is in it. */
    private boolean give(Submission<K, T> submission, Batch<K, T> batch) {
        long now = nanoClock.getAsLong();
        long nanos = pace.nanosOfBatch(batch.key(), batch.size() + 1);
        if (!batch.isFirstDue(submission) && batch.nanosToEarliestDeadline(now) < nanos) {
            return false;
        }
        Optional<T> tile = submission.next(batch.key(), !batch.has(submission), now);
        tile.ifPresent(taken -> batch.add(submission, taken));
        return tile.isPresent();
    }
}
