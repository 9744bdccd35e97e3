package dev.darkroom.batching;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToIntFunction;

/**
 * Tiles of many requests, handed to devices in batches of one key.
 *
 * <ul>
 *   <li>No timer: a device that asks gets the best batch there is; while devices work, the queue fills.</li>
 *   <li>Round-robin: each waiting request gives one tile a turn, so that a large one never holds up a small one.</li>
 *   <li>A cancelled request, or one whose deadline passed, gives nothing more.</li>
 *   <li>After {@link #close()} what was accepted is still handed out; then {@link #take} comes back empty.</li>
 * </ul>
 * Thread-safe.
 *
 * @param <K> what tiles of a batch have in common
 * @param <T> a tile
 */
public final class BatchQueue<K, T> implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** In the order of their turns; a request that gave a tile moves to the end. */
    private final Set<Submission<K, T>> waiting = new LinkedHashSet<>();
    private final ToIntFunction<K> largestBatch;
    private boolean closed;

    public BatchQueue(ToIntFunction<K> largestBatch) {
        this.largestBatch = largestBatch;
    }

    /** @throws QueueClosedException once the queue is closed */
    public Submission<K, T> submit(Map<K, ? extends Collection<T>> work, Deadline deadline) {
        var submission = new Submission<K, T>(work, deadline);
        lock.lock();
        try {
            if (closed) {
                throw new QueueClosedException();
            }
            waiting.add(submission);
            changed.signal();
        } finally {
            lock.unlock();
        }
        return submission;
    }

    /** Waits for work; empty once the queue is closed and everything accepted has been handed out. */
    public Optional<Batch<K, T>> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                Optional<Batch<K, T>> batch = nextBatch();
                if (batch.isPresent()) {
                    if (!waiting.isEmpty()) {
                        changed.signal(); // another device may be idle while tiles are left
                    }
                    return batch;
                }
                if (closed) {
                    return Optional.empty();
                }
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private Optional<Batch<K, T>> nextBatch() {
        List.copyOf(waiting).forEach(Submission::expire); // who hears of it may submit again
        waiting.removeIf(Submission::isSpent);
        Optional<K> key = waiting.stream().map(Submission::firstKey).flatMap(Optional::stream).findFirst();
        List<Batch.Entry<K, T>> entries = new ArrayList<>();
        Set<Submission<K, T>> contributors = new HashSet<>();
        while (key.isPresent() && oneTurn(key.get(), entries, contributors)) {
            // each turn takes a tile of every request that has one of this key, until the batch is full
        }
        return entries.isEmpty() ? Optional.empty() : Optional.of(new Batch<>(key.get(), entries));
    }

    /** @return whether anything was added */
    private boolean oneTurn(K key, List<Batch.Entry<K, T>> entries, Set<Submission<K, T>> contributors) {
        int largest = Math.max(1, largestBatch.applyAsInt(key));
        List<Submission<K, T>> gave = new ArrayList<>();
        for (Submission<K, T> submission : waiting) {
            if (entries.size() == largest) {
                break;
            }
            submission.next(key, !contributors.contains(submission)).ifPresent(tile -> {
                entries.add(new Batch.Entry<>(submission, tile));
                contributors.add(submission);
                gave.add(submission);
            });
        }
        gave.forEach(waiting::remove);
        gave.stream().filter(submission -> !submission.isSpent()).forEach(waiting::add);
        return !gave.isEmpty();
    }

    /** Requests with tiles that no device holds yet. */
    public int depth() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
