package dev.darkroom.batching;

import java.util.Comparator;
import java.util.Iterator;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/** What has been let in, and what can be foretold from it. Not thread-safe: belongs to the admission's lock. */
final class Ledger {
    /** What calibrated device time leaves out: decoding, encoding, batches of another shape in between. */
    static final double ALLOWANCE = 1.1;

    /** One request's line. */
    static final class Entry {
        private static final Comparator<Entry> BY_DEADLINE = Comparator
                .<Entry>comparingLong(entry -> entry.deadline.nanoTime()).thenComparingLong(entry -> entry.number);

        final Work work;
        private final Deadline deadline;
        private final long number;
        private volatile double left = 1;

        Entry(Work work, Deadline deadline, long number) {
            this.work = work;
            this.deadline = deadline;
            this.number = number;
        }

        void left(double share) {
            left = Math.max(0, share); // a tile that is run again may be reported twice
        }

        private long nanosLeft() {
            return (long) (ALLOWANCE * left * work.time().toNanos());
        }
    }

    private final TreeSet<Entry> entries = new TreeSet<>(Entry.BY_DEADLINE);
    private long pixels;

    long pixels() {
        return pixels;
    }

    void add(Entry entry) {
        entries.add(entry);
        pixels += entry.work.pixels();
    }

    void remove(Entry entry) {
        entries.remove(entry);
        pixels -= entry.work.pixels();
    }

    long nanosQueued() {
        return entries.stream().mapToLong(Entry::nanosLeft).sum();
    }

    /**
     * How long a newcomer has to stay away so that neither it nor, because of it, another misses its deadline; 0 if it may come in.
     *
     * <p>In the order of deadlines, whoever comes before has to be done first (earliest deadline first is optimal on one
     * machine: Liu and Layland 1973), and a batch that is running cannot be interrupted. Those who cannot be in time
     * any more count as work, but not as promises.
     *
     * @param batchNanos how long a batch may have to be waited for
     */
    long nanosTooMuch(Entry newcomer, long batchNanos, long nowNanos) {
        long before = entries.isEmpty() ? 0 : batchNanos;
        Iterator<Entry> byDeadline = entries.iterator();
        Entry next = byDeadline.hasNext() ? byDeadline.next() : null;
        while (next != null && Entry.BY_DEADLINE.compare(next, newcomer) < 0) {
            before += next.nanosLeft();
            next = byDeadline.hasNext() ? byDeadline.next() : null;
        }
        long late = before + newcomer.nanosLeft() - (newcomer.deadline.nanoTime() - nowNanos);
        while (late <= 0 && next != null) {
            before += next.nanosLeft();
            long toDeadline = next.deadline.nanoTime() - nowNanos;
            boolean hopeless = next.nanosLeft() > toDeadline + batchNanos; // work is known to be done a batch late
            if (toDeadline - before < newcomer.nanosLeft() && !hopeless) {
                return before; // then this promise has been kept
            }
            next = byDeadline.hasNext() ? byDeadline.next() : null;
        }
        return Math.max(0, late);
    }

    /** What the others get of the devices until the newcomer is done, if they share them tile by tile. */
    long nanosAhead(Entry newcomer) {
        return entries.stream().mapToLong(other -> Math.min(other.nanosLeft(), newcomer.nanosLeft())).sum();
    }

    /** How long until the newcomer would have no more than so much ahead of it. */
    long nanosUntilAhead(Entry newcomer, long nanos) {
        long tooLittle = 0;
        long enough = entries.stream().mapToLong(Entry::nanosLeft).max().orElse(0);
        while (enough - tooLittle > 1_000_000) {
            long doneOfEach = (tooLittle + enough) / 2;
            long ahead = entries.stream()
                    .mapToLong(other -> Math.min(Math.max(0, other.nanosLeft() - doneOfEach), newcomer.nanosLeft())).sum();
            if (ahead > nanos) {
                tooLittle = doneOfEach;
            } else {
                enough = doneOfEach;
            }
        }
        long doneOfEach = enough;
        return entries.stream().mapToLong(other -> Math.min(other.nanosLeft(), doneOfEach)).sum();
    }

    /**
     * How long until so much has left.
     *
     * <p>Requests share the devices tile by tile, so one is done when each other has had as much of them as it, or is done itself:
     * the smallest leave first.
     */
    long nanosUntilReleased(long excess, ToLongFunction<Work> size) {
        long released = 0;
        for (Entry next : entries.stream().sorted(Comparator.comparingLong(Entry::nanosLeft)).toList()) {
            released += size.applyAsLong(next.work);
            if (released >= excess) {
                long own = next.nanosLeft();
                return entries.stream().mapToLong(other -> Math.min(own, other.nanosLeft())).sum();
            }
        }
        return nanosQueued();
    }
}
