package dev.darkroom.batching;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whose turn it is among the requests that have tiles left. Not thread-safe: belongs to the queue's lock.
 *
 * <p>Rounds, in each of which every request gives one tile, as long as every deadline is safe. A newcomer still joins the
 * present round, so that a small image waits for one batch and not for a large image's next tile too; but a round takes in no
 * more newcomers than it began with requests, so that they never take more than half of what the others would have had.
 *
 * <p>Done in the order of deadlines, request k is done after the work of all up to k; once that leaves less than the guard for
 * any k, the requests up to k go first, earliest deadline first, until they are safe again. So nobody starves, and no deadline
 * is missed that could have been kept (to within a batch).
 */
final class Turns<K, T> {
    private final Pace<K> pace;
    private Set<Submission<K, T>> thisRound = new LinkedHashSet<>();
    private Set<Submission<K, T>> nextRound = new LinkedHashSet<>();
    private int roomForNewcomers;

    Turns(Pace<K> pace) {
        this.pace = pace;
    }

    void add(Submission<K, T> newcomer) {
        if (roomForNewcomers > 0) {
            roomForNewcomers--;
            thisRound.add(newcomer);
        } else {
            nextRound.add(newcomer);
        }
    }

    /** Those that have had their turn and give it back. */
    void addAgain(Submission<K, T> submission) {
        if (!submission.isSpent() && !nextRound.contains(submission)) {
            thisRound.add(submission);
        }
    }

    void gave(Submission<K, T> submission) {
        thisRound.remove(submission);
        nextRound.remove(submission);
        if (!submission.isSpent()) {
            nextRound.add(submission);
        }
    }

    int size() {
        return thisRound.size() + nextRound.size();
    }

    boolean isEmpty() {
        return size() == 0;
    }

    /** Forgets those that have nothing left to give. */
    void removeSpent() {
        thisRound.removeIf(Submission::isSpent);
        nextRound.removeIf(Submission::isSpent);
    }

    /** Forgets also those whose deadline passed; they are the caller's to end. */
    List<Submission<K, T>> removeLate() {
        removeSpent();
        List<Submission<K, T>> late = waiting().filter(Submission::isLate).toList();
        late.forEach(submission -> {
            thisRound.remove(submission);
            nextRound.remove(submission);
        });
        return late;
    }

    List<Submission<K, T>> removeAll() {
        List<Submission<K, T>> all = waiting().toList();
        thisRound.clear();
        nextRound.clear();
        return all;
    }

    private Stream<Submission<K, T>> waiting() {
        return Stream.concat(thisRound.stream(), nextRound.stream());
    }

    /** Those whose deadlines are at stake, by deadline; each gives all it has before the next one's turn. */
    List<Submission<K, T>> urgent() {
        long guard = pace.guard().toNanos();
        long all = waiting().mapToLong(this::nanosLeft).sum();
        if (waiting().allMatch(submission -> submission.nanosToDeadline() - all >= guard)) {
            return List.of();
        }
        var byDeadline = new ArrayList<>(waiting().toList());
        byDeadline.sort(Comparator.comparingLong(Submission::nanosToDeadline));
        int urgent = 0;
        long work = 0;
        for (int k = 0; k < byDeadline.size(); k++) {
            work += nanosLeft(byDeadline.get(k));
            if (byDeadline.get(k).nanosToDeadline() - work < guard) {
                urgent = k + 1;
            }
        }
        return Collections.unmodifiableList(byDeadline.subList(0, urgent));
    }

    /** In the order of their turns. */
    List<Submission<K, T>> inTurn() {
        if (thisRound.isEmpty()) {
            Set<Submission<K, T>> over = thisRound;
            thisRound = nextRound;
            nextRound = over;
            roomForNewcomers = thisRound.size();
        }
        return waiting().toList();
    }

    private long nanosLeft(Submission<K, T> submission) {
        return submission.waiting(pace.nanosPerTile());
    }
}
