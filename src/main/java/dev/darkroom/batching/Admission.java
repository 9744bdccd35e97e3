package dev.darkroom.batching;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Lets work in while there is room for it, before anything is decoded.
 *
 * <ul>
 *   <li>Admitted pixels and held bytes never exceed the capacity.</li>
 *   <li>Work that would make a deadline infeasible, its own or an accepted one, is refused.</li>
 *   <li>A refusal says when the same request would be let in if nothing else came.</li>
 * </ul>
 * Thread-safe.
 */
public final class Admission {
    private static final Duration SHORTEST_RETRY = Duration.ofSeconds(1);

    private final Capacity capacity;
    private final long batchNanos;
    private final BatchingEvents events;
    private final LongSupplier nanoClock;
    private final Ledger ledger = new Ledger();
    private long bytes;
    private long admissions;

    /** @param batchTime how long a batch may take, which nothing interrupts */
    public Admission(Capacity capacity, Duration batchTime, BatchingEvents events) {
        this(capacity, batchTime, events, System::nanoTime);
    }

    public Admission(Capacity capacity, Duration batchTime, BatchingEvents events, LongSupplier nanoClock) {
        this.capacity = capacity;
        batchNanos = batchTime.toNanos();
        this.events = events;
        this.nanoClock = nanoClock;
    }

    /** The room that admitted work takes until it is closed; closing twice is harmless. */
    public final class Permit implements AutoCloseable {
        private final Ledger.Entry entry;
        private final AtomicBoolean open = new AtomicBoolean(true);

        private Permit(Ledger.Entry entry) {
            this.entry = entry;
        }

        /** @param share of the device's work that is still to be done, 0 to 1 */
        public void left(double share) {
            entry.left(share);
        }

        /**
         * Gives back all but the memory of what has come of the work, which is held until that is closed in its turn.
         *
         * @throws QueueFullException if that is more than the work was admitted with, and there is no room for it
         */
        public Hold keep(long resultBytes) {
            synchronized (Admission.this) {
                close();
                return hold(resultBytes);
            }
        }

        @Override
        public void close() {
            if (open.getAndSet(false)) {
                synchronized (Admission.this) {
                    ledger.remove(entry);
                    bytes -= entry.work.bytes();
                }
            }
        }
    }

    /**
     * Lets work in.
     *
     * @throws QueueFullException           if there is no room for it now
     * @throws DeadlineUnreachableException if even an idle service could not do it in time
     */
    public Permit admit(Work work, Deadline deadline) {
        try {
            Permit permit = counted(() -> admitOrRefuse(work, deadline));
            events.admitted(work);
            return permit;
        } catch (DeadlineUnreachableException e) {
            events.refused(Refusal.UNREACHABLE);
            throw e;
        }
    }

    private synchronized Permit admitOrRefuse(Work work, Deadline deadline) {
        if (work.time().compareTo(deadline.remaining()) > 0) {
            throw new DeadlineUnreachableException(work.time(), deadline.remaining());
        }
        if (ledger.pixels() + work.pixels() > capacity.pixels()) {
            long excess = ledger.pixels() + work.pixels() - capacity.pixels();
            throw full(Refusal.PIXELS, ledger.nanosUntilReleased(excess, Work::pixels));
        }
        requireMemory(work.bytes());
        var entry = new Ledger.Entry(work, deadline, admissions);
        if (ledger.nanosAhead(entry) > capacity.backlog().toNanos()) {
            throw full(Refusal.BACKLOG, ledger.nanosUntilAhead(entry, capacity.backlog().toNanos()));
        }
        long tooMuch = ledger.nanosTooMuch(entry, batchNanos, nanoClock.getAsLong());
        if (tooMuch > 0) {
            throw full(Refusal.DEADLINE, tooMuch);
        }
        ledger.add(entry);
        admissions++;
        bytes += work.bytes();
        return new Permit(entry);
    }

    /** @throws QueueFullException if there is no memory for it now */
    public Hold hold(long heldBytes) {
        return counted(() -> holdOrRefuse(heldBytes));
    }

    private <T> T counted(Supplier<T> step) {
        try {
            return step.get();
        } catch (QueueFullException e) {
            events.refused(e.reason());
            throw e;
        }
    }

    void grow(Hold hold, long more) {
        counted(() -> {
            synchronized (this) {
                requireMemory(more);
                hold.grown(more);
                bytes += more;
            }
            return hold;
        });
    }

    synchronized void giveBack(long held) {
        bytes -= held;
    }

    private synchronized Hold holdOrRefuse(long heldBytes) {
        requireMemory(heldBytes);
        bytes += heldBytes;
        return new Hold(this, heldBytes);
    }

    private void requireMemory(long wanted) {
        long excess = bytes + wanted - capacity.bytes();
        if (excess > 0) {
            throw full(Refusal.MEMORY, ledger.nanosUntilReleased(excess, Work::bytes));
        }
    }

    private static QueueFullException full(Refusal reason, long nanos) {
        Duration wait = Duration.ofNanos(nanos);
        return new QueueFullException(reason, wait.compareTo(SHORTEST_RETRY) < 0 ? SHORTEST_RETRY : wait);
    }

    public synchronized long admittedPixels() {
        return ledger.pixels();
    }

    /** How much work has been let in since the beginning. */
    public synchronized long letIn() {
        return admissions;
    }

    /** Of all memory, how much there may be on the books. */
    public long capacityBytes() {
        return capacity.bytes();
    }

    public synchronized long heldBytes() {
        return bytes;
    }

    /** How long the admitted work will keep the devices busy. */
    public synchronized Duration queued() {
        return Duration.ofNanos(ledger.nanosQueued());
    }
}
