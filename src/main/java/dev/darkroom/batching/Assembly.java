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
        var patience = new Patience<K, T>(pace, nanoClock.getAsLong());
        for (Submission<K, T> submission : turns.urgent()) {
            while (batch.size() < room && give(submission, batch, patience)) {
                turns.gave(submission);
            }
            patience.passed(submission, batch);
        }
        for (Rounds<Party<K, T>> callers : turns.inOrder()) {
            while (batch.size() < room && oneTurn(callers, batch, room, patience)) {
                // each turn takes one tile of every caller that has one of this key
            }
        }
    }

    /** @return whether anything was added */
    private boolean oneTurn(Rounds<Party<K, T>> callers, Batch<K, T> batch, int room, Patience<K, T> patience) {
        List<Submission<K, T>> gave = new ArrayList<>();
        callers.waiting().takeWhile(party -> batch.size() < room)
                .forEach(party -> party.waiting().filter(submission -> give(submission, batch, patience)).findFirst().ifPresent(gave::add));
        gave.forEach(turns::gave);
        return !gave.isEmpty();
    }

    /** Nobody may make the batch too long for another who is in it, or who has to wait for it. */
    private boolean give(Submission<K, T> submission, Batch<K, T> batch, Patience<K, T> patience) {
        long now = nanoClock.getAsLong();
        long nanos = pace.batchTime().nanos(batch.key(), batch.size() + 1);
        if (!batch.isFirstDue(submission) && batch.nanosToEarliestDeadline(now) < nanos || batch.size() > 0 && !patience.bears(nanos)) {
            return false;
        }
        Optional<T> tile = submission.next(batch.key(), !batch.has(submission), now);
        tile.ifPresent(taken -> batch.add(submission, taken));
        return tile.isPresent();
    }
}
