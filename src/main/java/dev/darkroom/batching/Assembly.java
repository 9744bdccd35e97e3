package dev.darkroom.batching;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

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
    Optional<Batch<K, T>> next(Appetite<K> appetite, boolean waitForMore) {
        for (Optional<K> key = nextKey(appetite, waitForMore); key.isPresent(); key = nextKey(appetite, waitForMore)) {
            var batch = new Batch<K, T>(key.get(), List.of());
            fill(batch, appetite);
            if (batch.size() > 0) {
                return Optional.of(batch);
            }
            turns.forgetSpent(); // cancelled at this moment
        }
        turns.forgetSpent();
        return Optional.empty();
    }

    private Optional<K> nextKey(Appetite<K> appetite, boolean waitForMore) {
        turns.advance();
        Optional<K> urgent = turns.urgent().stream().findFirst().flatMap(Submission::firstKey);
        if (urgent.isPresent()) {
            return urgent.filter(key -> appetite.tiles(key) > 0); // and nothing instead of it
        }
        return turns.waiting(appetite.takesAll()).map(Submission::firstKey).flatMap(Optional::stream).distinct()
                .filter(key -> appetite.tiles(key) > 0 && (!waitForMore || isFull(key, appetite) || hasWaited(key))).findFirst();
    }

    private boolean isFull(K key, Appetite<K> appetite) {
        return turns.waiting(true).mapToInt(submission -> submission.waiting(key)).sum() >= appetite.tiles(key);
    }

    private boolean hasWaited(K key) {
        long since = nanoClock.getAsLong() - pace.delay().toNanos();
        return turns.waiting(true).anyMatch(s -> s.waiting(key) > 0 && s.submittedNanos() - since <= 0);
    }

    void fill(Batch<K, T> batch, Appetite<K> appetite) {
        int room = Math.max(1, appetite.tiles(batch.key()));
        var patience = new Patience<K, T>(pace, nanoClock.getAsLong());
        for (Submission<K, T> submission : turns.urgent()) {
            while (batch.size() < room && give(submission, batch, patience)) {
                turns.gave(submission);
            }
            patience.passed(submission, batch);
        }
        for (Rounds<Party<K, T>> callers : turns.inOrder(appetite.takesAll())) {
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
