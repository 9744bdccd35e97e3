package dev.darkroom.cores;

import dev.darkroom.batching.Deadline;
import dev.darkroom.memory.Uninterrupted;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Threads that do one errand at a time, the most pressing first ({@link Errand}). All threads but one may be busy with long errands,
 * so that a short one never waits for a long one's end, unless there is only one thread. Thread-safe.
 */
public final class Cores implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Cores.class.getName());
    /** Longer errands leave a thread to the others. */
    static final Duration LONG = Duration.ofMillis(200);
    /** Nothing interrupts a codec, and hardly one takes longer. */
    private static final Duration MOST_AT_THE_END = Duration.ofSeconds(30);

    private final int mostLong;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TreeSet<Errand> shortOnes = new TreeSet<>();
    private final TreeSet<Errand> longOnes = new TreeSet<>();
    private final List<Thread> threads = new ArrayList<>();
    private int runningLong;
    private long errands;
    private boolean closed;

    public Cores(int threads) {
        mostLong = Math.max(1, threads - 1);
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(this::work, "codec");
            thread.setDaemon(true);
            this.threads.add(thread);
            thread.start();
        }
    }

    /**
     * What one request has of them, until its deadline.
     *
     * @param background whether nobody waits for it as it runs: its errands go when the others leave room, or when they have to
     */
    public Share share(Deadline deadline, boolean background) {
        return new Share(this, deadline, background);
    }

    /** Errands that have not begun. */
    public int waiting() {
        lock.lock();
        try {
            return shortOnes.size() + longOnes.size();
        } finally {
            lock.unlock();
        }
    }

    /** Empty once closed: the threads may have gone home. */
    Optional<Errand> add(Runnable work, Duration expected, Deadline deadline, boolean background) {
        lock.lock();
        try {
            if (closed) {
                return Optional.empty();
            }
            var errand = Errand.of(work, expected, deadline, background, errands++);
            queue(errand).add(errand);
            changed.signalAll();
            return Optional.of(errand);
        } finally {
            lock.unlock();
        }
    }

    /** Whether it has not begun; it never will then. */
    boolean remove(Errand errand) {
        lock.lock();
        try {
            return queue(errand).remove(errand);
        } finally {
            lock.unlock();
        }
    }

    private TreeSet<Errand> queue(Errand errand) {
        return isLong(errand) ? longOnes : shortOnes;
    }

    private static boolean isLong(Errand errand) {
        return errand.expected().compareTo(LONG) > 0;
    }

    private void work() {
        for (Optional<Errand> errand = take(); errand.isPresent(); errand = take()) {
            try {
                errand.get().work().run();
            } catch (Throwable e) {
                LOG.log(Level.ERROR, "an errand has failed without telling anybody", e);
            } finally {
                ended(errand.get());
            }
        }
    }

    private Optional<Errand> take() {
        lock.lock();
        try {
            while (true) {
                Optional<Errand> next = next();
                if (next.isPresent() || closed && longOnes.isEmpty()) {
                    return next;
                }
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private Optional<Errand> next() {
        List<Errand> first = new ArrayList<>();
        if (!shortOnes.isEmpty()) {
            first.add(shortOnes.first());
        }
        if (!longOnes.isEmpty() && runningLong < mostLong) {
            first.add(longOnes.first());
        }
        Optional<Errand> next = first.stream().min(Errand::compareTo);
        next.ifPresent(errand -> {
            queue(errand).remove(errand);
            runningLong += isLong(errand) ? 1 : 0;
        });
        return next;
    }

    private void ended(Errand errand) {
        if (isLong(errand)) {
            lock.lock();
            try {
                runningLong--;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** What it has is done, and waited for; what requests that have begun still need is done by whoever needs it. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        long end = System.nanoTime() + MOST_AT_THE_END.toNanos();
        threads.forEach(thread -> awaitEnd(thread, end));
    }

    /** A process that exits while a codec is at work crashes in its native code. */
    private static void awaitEnd(Thread thread, long endNanoTime) {
        Uninterrupted.until(() -> {
            TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, endNanoTime - System.nanoTime()));
            return true;
        });
    }
}
