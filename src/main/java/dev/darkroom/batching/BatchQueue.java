package dev.darkroom.batching;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Tiles of many requests, handed to devices in batches of one key.
 *
 * <ul>
 *   <li>No timer unless a delay is set: a device that asks gets the best batch there is; while devices work, the queue fills.</li>
 *   <li>Callers and their requests take turns, one tile each, so that a large one never holds up a small one, nor many requests of one
 *       caller another's; a deadline at stake goes first ({@link Turns}).</li>
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
    /** A device is here once for each of its workers that asks for whatever there is, until that has got something. */
    private final List<Taker> asking = new ArrayList<>();
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

    /** {@link #submit(Map, Deadline, Standing)} for a caller with no other request. */
    public Submission<K, T> submit(Map<K, ? extends Collection<T>> work, Deadline deadline) {
        return submit(work, deadline, Standing.alone());
    }

    /**
     * Queues a request's tiles.
     *
     * @throws QueueClosedException once the queue is closed
     * @throws NoDeviceException    once {@link #abandon} was called
     */
    public Submission<K, T> submit(Map<K, ? extends Collection<T>> work, Deadline deadline, Standing standing) {
        var submission = new Submission<K, T>(work, deadline, standing, submissions.incrementAndGet(), nanoClock.getAsLong(), events);
        lock.lock();
        try {
            if (broken != null) {
                throw new NoDeviceException();
            }
            if (closed) {
                throw new QueueClosedException();
            }
            turns.add(submission);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        return submission;
    }

    /** {@link #take(Appetite, Taker)} for a device of its own that has nothing else to do. */
    public Optional<Batch<K, T>> take(Appetite<K> appetite) throws InterruptedException {
        return take(appetite, new Taker());
    }

    /**
     * Waits for work; empty once the queue is closed and everything accepted has been handed out.
     *
     * @param appetite what the worker takes; where that changes, {@link #lookAgain} must be called
     * @param taker    the device, told when it is done; while it holds a batch, devices that have nothing to do go first
     */
    public Optional<Batch<K, T>> take(Appetite<K> appetite, Taker taker) throws InterruptedException {
        lock.lockInterruptibly();
        if (appetite.takesAll()) {
            asking.add(taker);
        }
        try {
            while (true) {
                expireLate();
                boolean yields = !taker.isIdle() && asking.stream().anyMatch(Taker::isIdle);
                Optional<Batch<K, T>> batch = yields ? Optional.empty() : next(appetite);
                if (batch.isPresent()) {
                    taker.took();
                    return batch;
                }
                if (closed && turns.isEmpty()) {
                    changed.signalAll(); // whoever waits for what it takes may go home too
                    return batch;
                }
                awaitWork(yields);
            }
        } finally {
            if (appetite.takesAll()) {
                asking.remove(taker);
            }
            lock.unlock();
        }
    }

    /** Who waited for them is told without the lock. */
    private void expireLate() {
        for (List<Submission<K, T>> late = turns.removeLate(); !late.isEmpty(); late = turns.removeLate()) {
            lock.unlock();
            try {
                late.forEach(Submission::expire);
            } finally {
                lock.lock();
            }
        }
    }

    /** Whoever yields is woken by the one it yields to, who leaves something or has become busy. */
    private void awaitWork(boolean yields) throws InterruptedException {
        if (turns.isEmpty() || yields || pace.delay().isZero()) {
            changed.await();
        } else {
            changed.awaitNanos(pace.delay().toNanos());
        }
    }

    /** The best batch there is now; empty if there is none, or none that is worth running before the delay is over. */
    public Optional<Batch<K, T>> poll(Appetite<K> appetite) {
        List<Submission<K, T>> expired;
        Optional<Batch<K, T>> batch;
        lock.lock();
        try {
            expired = turns.removeLate();
            batch = next(appetite);
        } finally {
            lock.unlock();
        }
        expired.forEach(Submission::expire);
        return batch;
    }

    private Optional<Batch<K, T>> next(Appetite<K> appetite) {
        Optional<Batch<K, T>> batch = assembly.next(appetite, !closed && !pace.delay().isZero());
        if (batch.isPresent() && (!turns.isEmpty() || closed)) {
            changed.signalAll(); // another device may be idle while tiles are left, or may go home
        }
        return batch;
    }

    /** Adds what came since the batch was taken and still fits; to be called before the batch runs. */
    public void grow(Batch<K, T> batch, Appetite<K> appetite) {
        lock.lock();
        try {
            assembly.fill(batch, appetite);
        } finally {
            lock.unlock();
        }
    }

    /** What a worker takes may have changed. */
    public void lookAgain() {
        lock.lock();
        try {
            changed.signalAll();
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
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        batch.entries().forEach(entry -> entry.submission().releaseIfIdle());
        if (nobodyComes) {
            batch.entries().forEach(entry -> entry.submission().abandon(new NoDeviceException()));
            lookAgain(); // and go home
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

    /** No device works: whoever waits is told so, and so is whoever comes until {@link #resume}. */
    public void abandon(Throwable failure) {
        List<Submission<K, T>> abandoned;
        lock.lock();
        try {
            broken = failure;
            abandoned = turns.removeAll();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        abandoned.forEach(submission -> submission.abandon(failure));
    }

    /** A device works again. */
    public void resume() {
        lock.lock();
        try {
            broken = null;
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
