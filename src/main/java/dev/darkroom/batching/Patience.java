package dev.darkroom.batching;

/**
 * How long a batch may become before it makes a request late that has to wait for it. Belongs to the queue's lock.
 *
 * <p>The requests whose deadlines are at stake have had first call on the batch, and those of them that have tiles of another key left wait
 * for its end. Whoever fills it up after them may lengthen it only as far as they are still in time; those who cannot be any more are not
 * asked.
 */
final class Patience<K, T> {
    private final Pace<K> pace;
    private final long now;
    private long nanosBefore;
    private long nanosToLatestEnd = Long.MAX_VALUE;

    Patience(Pace<K> pace, long nowNanos) {
        this.pace = pace;
        now = nowNanos;
    }

    /** The next by deadline has given to the batch what it has for it. */
    void passed(Submission<K, T> submission, Batch<K, T> batch) {
        if (submission.isSpent()) {
            return;
        }
        nanosBefore += submission.waiting(pace.nanosPerTile());
        long latestEnd = submission.deadline().dueNanoTime() - now - nanosBefore;
        boolean hopeless = latestEnd < pace.batchTime().nanos(batch.key(), batch.size());
        nanosToLatestEnd = hopeless ? nanosToLatestEnd : Math.min(nanosToLatestEnd, latestEnd);
    }

    /** Whether they bear with a batch of this length. */
    boolean bears(long nanosOfBatch) {
        return nanosOfBatch <= nanosToLatestEnd;
    }
}
