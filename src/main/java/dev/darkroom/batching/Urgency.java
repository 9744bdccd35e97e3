package dev.darkroom.batching;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Finds the requests whose deadlines are at stake.
 *
 * <p>Done in the order of deadlines, request k is done after the work of all up to k; once that leaves less than the guard for any
 * k, the requests up to k go first, earliest deadline first, until they are safe again. So no deadline is missed that could
 * have been kept, to within a batch. Tiles that other work of their request follows are due so much earlier.
 *
 * <p>The slack of a deadline shrinks with time and with newcomers only. So once all are safe, nothing has to be looked at until
 * the least slack, less the newcomers' work, can have gone.
 */
final class Urgency<K, T> {
    private final Pace<K> pace;
    /** What all that waited took when it was last reckoned up, and what has come since. */
    private long nanosOfAll;
    /** When a deadline can be at stake at the earliest, if the newcomers since then all have to go first. */
    private long safeUntil;
    private boolean known;

    Urgency(Pace<K> pace) {
        this.pace = pace;
    }

    void came(Submission<K, T> newcomer) {
        long nanos = nanosLeft(newcomer);
        nanosOfAll += nanos;
        long ownSlackEnds = newcomer.deadline().dueNanoTime() - nanosOfAll - pace.guard().toNanos();
        safeUntil = earlier(safeUntil - nanos, ownSlackEnds);
    }

    List<Submission<K, T>> urgent(Collection<Submission<K, T>> byDeadline) {
        if (byDeadline.isEmpty() || known && byDeadline.iterator().next().nanosTo(safeUntil) > 0) {
            return List.of();
        }
        return reckon(byDeadline);
    }

    private List<Submission<K, T>> reckon(Collection<Submission<K, T>> byDeadline) {
        long guard = pace.guard().toNanos();
        List<Submission<K, T>> upToLastAtStake = new ArrayList<>();
        List<Submission<K, T>> all = new ArrayList<>();
        nanosOfAll = 0;
        known = false;
        for (Submission<K, T> submission : byDeadline) {
            nanosOfAll += nanosLeft(submission);
            all.add(submission);
            long slackEnds = submission.deadline().dueNanoTime() - nanosOfAll - guard;
            safeUntil = known ? earlier(safeUntil, slackEnds) : slackEnds;
            known = true;
            if (submission.nanosTo(slackEnds) < 0) {
                upToLastAtStake = new ArrayList<>(all);
            }
        }
        return upToLastAtStake;
    }

    private static long earlier(long a, long b) {
        return a - b < 0 ? a : b;
    }

    private long nanosLeft(Submission<K, T> submission) {
        return submission.waiting(pace.nanosPerTile());
    }
}
