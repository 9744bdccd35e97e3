package dev.darkroom.batching;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/**
 * Tiles of many requests, handed to devices in batches of one key.
 *
 * <ul>
 *   <li>No timer unless a delay is set: a device that asks gets the best batch there is; while devices work, the queue fills.</li>
 *   <li>Requests take turns, one tile each, so that a large one never holds up a small one; a deadline at stake goes first
 *       ({@link Turns}).</li>
 *   <li>A cancelled request, or one whose deadline passed, gives nothing more.</li>
 *   <li>After {@link #close()} what was accepted is still handed out; then {@link #take} comes back empty.</li>
 *   <li>No completion runs under the queue's lock.</li>
 * </ul>
 * Thread-safe.
 *
 * @param <K> what tiles of a batch have in common
 * @param <T> a tile
 */
public final class BatchQueue<K, T> implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Pace<K> pace;
    private final BatchingEvents events;
    private final LongSupplier nanoClock;
    private final Turns<K, T> turns;
    private final Assembly<K, T> assembly;
    private final AtomicLong submissions = new AtomicLong();
    private boolean closed;
    private Throwable broken;

    public BatchQueue(Pace<K> pace, BatchingEvents events) {
        this(pace, events, System::nanoTime);
    }

    public BatchQueue(Pace<K> pace, BatchingEvents events, LongSupplier nanoClock) {
        this.pace = pace;
        this.events = events;
        this.nanoClock = nanoClock;
        turns = new Turns<>(pace);
        assembly = new Assembly<>(turns, pace, nanoClock);
    }

    /**
     * Queues a request's tiles.
     *
     * @throws QueueClosedException once the queue is closed
     * @throws NoDeviceException    once {@link #abandon} was called
     */
    public Submission<K, T> submit(Map<K, ? extends Collection<T>> work, Deadline deadline) {
        var submission = new Submission<K, T>(work, deadline, submissions.incrementAndGet(), nanoClock.getAsLong(), events);
        lock.lock();
        try {
            if (broken != null) {
                throw new NoDeviceException();
            }
            if (closed) {
                throw new QueueClosedException();
            }
            turns.add(submission);
            changed.signal();
        } finally {
            lock.unlock();
        }
        return submission;
    }

    /**
     * Waits for work; empty once the queue is closed and everything accepted has been handed out.
     *
     * @param largest how many tiles of a key the device takes
     */
    public Optional<Batch<K, T>> take(ToIntFunction<K> largest) throws InterruptedException {
        while (true) {
            List<Submission<K, T>> expired;
            lock.lockInterruptibly();
            try {
                expired = turns.removeLate();
                Optional<Batch<K, T>> batch = expired.isEmpty() ? next(largest) : Optional.empty();
                if (batch.isPresent() || closed && turns.isEmpty() && expired.isEmpty()) {
                    return batch;
                }
                if (expired.isEmpty()) {
                    awaitWork();
                }
            } finally {
                lock.unlock();
            }
            expired.forEach(Submission::expire);
        }
    }

    private void awaitWork() throws InterruptedException {
        if (turns.isEmpty()) {
            changed.await();
        } else {
            changed.awaitNanos(pace.delay().toNanos());
        }
    }

    /** The best batch there is now; empty if there is none, or none that is worth running before the delay is over. */
    public Optional<Batch<K, T>> poll(ToIntFunction<K> largest) {
        List<Submission<K, T>> expired;
        Optional<Batch<K, T>> batch;
        lock.lock();
        try {
            expired = turns.removeLate();
            batch = next(largest);
        } finally {
            lock.unlock();
        }
        expired.forEach(Submission::expire);
        return batch;
    }

    private Optional<Batch<K, T>> next(ToIntFunction<K> largest) {
        Optional<Batch<K, T>> batch = assembly.next(largest, !closed && !pace.delay().isZero());
        if (batch.isEmpty()) {
            turns.forgetSpent();
        }
        if (batch.isPresent() && !turns.isEmpty()) {
            changed.signal(); // another device may be idle while tiles are left
        }
        return batch;
    }

    /** Adds what came since the batch was taken and still fits; to be called before the batch runs. */
    public void grow(Batch<K, T> batch, ToIntFunction<K> largest) {
        lock.lock();
        try {
            assembly.fill(batch, largest);
        } finally {
            lock.unlock();
        }
    }

    /** Takes a batch back from a device that cannot run it; another one will. */
    public void putBack(Batch<K, T> batch) {
        boolean nobodyComes;
        lock.lock();
        try {
            nobodyComes = closed; // the other devices' workers may have gone home
            batch.entries().forEach(entry -> {
                entry.submission().putBack(batch.key(), entry.tile());
                turns.addAgain(entry.submission());
            });
            changed.signal();
        } finally {
            lock.unlock();
        }
        batch.entries().forEach(entry -> entry.submission().releaseIfIdle());
        if (nobodyComes) {
            batch.entries().forEach(entry -> entry.submission().abandon(new NoDeviceException()));
        }
    }

    /** Requests with tiles that no device holds yet. */
    public int depth() {
        lock.lock();
        try {
            return turns.size();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing will be done any more: whoever waits is told so, and so is whoever comes. */
    public void abandon(Throwable failure) {
        List<Submission<K, T>> abandoned;
        lock.lock();
        try {
            broken = failure;
            closed = true;
            abandoned = turns.removeAll();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        abandoned.forEach(submission -> submission.abandon(failure));
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
