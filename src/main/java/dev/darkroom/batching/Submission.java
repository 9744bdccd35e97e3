package dev.darkroom.batching;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.ToLongFunction;

/**
 * One request's tiles on their way through the queue.
 *
 * <ul>
 *   <li>{@link #completion} ends exactly once: normally when every tile is done, else with the first failure, the
 *       cancellation or the deadline. From then on no tile is handed to a device.
 *   <li>{@link #released} ends once more: when completion has ended <em>and</em> no device holds a tile. Only then may
 *       what the tiles refer to be freed.
 * </ul>
 *
 * @param <K> what tiles of a batch have in common
 * @param <T> a tile
 */
public final class Submission<K, T> {
    private final Map<K, Deque<T>> waiting = new LinkedHashMap<>();
    private final Deadline deadline;
    private final Standing standing;
    private final long number;
    private final long submittedNanos;
    private final BatchingEvents events;
    private final CompletableFuture<Void> completion = new CompletableFuture<>();
    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private final int tiles;
    private int done;
    private int running;
    private int batches;
    /** Set under the lock before completion ends, so that no tile leaves the queue after that. */
    private boolean over;
    /** Set under the lock when all who waited for completion have been told, so that nothing is freed under their hands. */
    private boolean told;

    Submission(Map<K, ? extends Collection<T>> work, Deadline deadline, Standing standing, long number, long submittedNanos, BatchingEvents events) {
        this.standing = standing;
        this.number = number;
        this.deadline = deadline;
        this.submittedNanos = submittedNanos;
        this.events = events;
        work.forEach((key, tilesOfKey) -> waiting.put(key, new ArrayDeque<>(tilesOfKey)));
        waiting.values().removeIf(Deque::isEmpty);
        tiles = waiting.values().stream().mapToInt(Deque::size).sum();
        if (tiles == 0) {
            throw new IllegalArgumentException("a submission needs at least one tile");
        }
    }

    public CompletionStage<Void> completion() {
        return completion.minimalCompletionStage();
    }

    public CompletionStage<Void> released() {
        return released.minimalCompletionStage();
    }

    /** Nobody waits any more: tiles that no device holds yet are forgotten. */
    public void cancel() {
        end(new CancellationException());
    }

    /** Ends the submission if its deadline has passed. */
    public void expire() {
        if (isLate()) {
            end(new DeadlineExceededException());
        }
    }

    void abandon(Throwable failure) {
        end(failure);
    }

    Deadline deadline() {
        return deadline;
    }

    Standing standing() {
        return standing;
    }

    boolean isLate() {
        return deadline.hasPassed();
    }

    /** Tells it from others with the same deadline. */
    long number() {
        return number;
    }

    /** From now to that moment; negative if it has passed. */
    long nanosTo(long nanoTime) {
        return nanoTime - deadline.nanoClock().getAsLong();
    }

    long submittedNanos() {
        return submittedNanos;
    }

    public int tiles() {
        return tiles;
    }

    /** Batches in which at least one of the tiles has been handed to a device. */
    public synchronized int batches() {
        return batches;
    }

    /** Whether nothing is left to hand out. */
    synchronized boolean isSpent() {
        return over || waiting.isEmpty();
    }

    /** The key of the tiles that come first; empty if nothing is left. */
    synchronized Optional<K> firstKey() {
        return isSpent() ? Optional.empty() : Optional.of(waiting.keySet().iterator().next());
    }

    synchronized int waiting(K key) {
        return over || !waiting.containsKey(key) ? 0 : waiting.get(key).size();
    }

    /** What the tiles that no device holds yet take of the devices' time. */
    synchronized long waiting(ToLongFunction<K> nanosPerTile) {
        return over ? 0 : waiting.entrySet().stream().mapToLong(e -> nanosPerTile.applyAsLong(e.getKey()) * e.getValue().size()).sum();
    }

    /** Hands out a tile; whoever takes it calls {@link #tileDone} or {@link #tileFailed}. */
    synchronized Optional<T> next(K key, boolean firstOfBatch, long nowNanos) {
        Deque<T> ofKey = waiting.get(key);
        if (over || ofKey == null) {
            return Optional.empty();
        }
        T tile = ofKey.remove();
        if (ofKey.isEmpty()) {
            waiting.remove(key);
        }
        running++;
        if (batches == 0) {
            events.started(Duration.ofNanos(nowNanos - submittedNanos));
        }
        batches += firstOfBatch ? 1 : 0;
        return Optional.of(tile);
    }

    /** The opposite of {@link #next}. */
    synchronized void putBack(K key, T tile) {
        running--;
        if (!over) {
            waiting.computeIfAbsent(key, absent -> new ArrayDeque<>()).addFirst(tile);
        }
    }

    void tileDone() {
        boolean last;
        synchronized (this) {
            running--;
            last = ++done == tiles;
        }
        if (last) {
            end(null);
        }
        releaseIfIdle();
    }

    void tileFailed(Throwable failure) {
        synchronized (this) {
            running--;
        }
        end(failure);
        releaseIfIdle();
    }

    private void end(Throwable failure) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        events.ended(Ending.of(failure));
        if (failure == null) {
            completion.complete(null);
        } else {
            completion.completeExceptionally(failure);
        }
        synchronized (this) {
            told = true;
        }
        releaseIfIdle();
    }

    void releaseIfIdle() {
        synchronized (this) {
            if (!told || running > 0) {
                return;
            }
        }
        released.complete(null);
    }
}
