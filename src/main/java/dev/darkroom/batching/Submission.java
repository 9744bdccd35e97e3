package dev.darkroom.batching;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One request's tiles on their way through the queue.
 *
 * <p>Its completion ends exactly once: normally when every tile is done, else with the first failure. What is still
 * waiting then is never handed to a device; a tile that a device holds at that moment runs to its end.
 *
 * @param <K> what tiles of a batch have in common
 * @param <T> a tile
 */
public final class Submission<K, T> {
    private final Map<K, Deque<T>> waiting = new LinkedHashMap<>();
    private final Deadline deadline;
    private final CompletableFuture<Void> completion = new CompletableFuture<>();
    private int unfinished;

    Submission(Map<K, ? extends Collection<T>> work, Deadline deadline) {
        this.deadline = deadline;
        work.forEach((key, tiles) -> {
            if (!tiles.isEmpty()) {
                waiting.put(key, new ArrayDeque<>(tiles));
                unfinished += tiles.size();
            }
        });
        if (unfinished == 0) {
            throw new IllegalArgumentException("a submission needs at least one tile");
        }
    }

    public CompletionStage<Void> completion() {
        return completion.minimalCompletionStage();
    }

    /** Nobody waits any more: tiles that no device holds yet are forgotten. */
    public void cancel() {
        completion.cancel(false);
    }

    boolean isOver() {
        if (!completion.isDone() && deadline.hasPassed()) {
            completion.completeExceptionally(new DeadlineExceededException());
        }
        return completion.isDone();
    }

    /** The key of the tile that has waited longest. */
    K firstKey() {
        return waiting.keySet().iterator().next();
    }

    boolean has(K key) {
        return waiting.containsKey(key);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    T next(K key) {
        Deque<T> tiles = waiting.get(key);
        T tile = tiles.remove();
        if (tiles.isEmpty()) {
            waiting.remove(key);
        }
        return tile;
    }

    void tileDone() {
        boolean last;
        synchronized (this) {
            last = --unfinished == 0;
        }
        if (last) {
            completion.complete(null);
        }
    }

    void fail(Throwable failure) {
        completion.completeExceptionally(failure);
    }
}
