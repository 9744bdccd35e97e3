package dev.darkroom.batching;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Whose turn it is among the requests that have tiles left. Not thread-safe: belongs to the queue's lock.
 *
 * <p>Rounds, in each of which every request gives one tile, as long as every deadline is safe. A newcomer still joins the
 * present round, so that a small image waits for one batch and not for a large image's next tile too; but a round takes in no
 * more newcomers than it began with requests, so that they never take more than half of what the others would have had.
 *
 * <p>{@link #urgent} requests go before their turn. What has ended is skipped when met and forgotten now and then.
 */
final class Turns<K, T> {
    private final Urgency<K, T> urgency;
    private final Set<Submission<K, T>> byDeadline = new TreeSet<>(
            Comparator.<Submission<K, T>>comparingLong(s -> s.deadline().nanoTime()).thenComparingLong(Submission::number));
    private Set<Submission<K, T>> thisRound = new LinkedHashSet<>();
    private Set<Submission<K, T>> nextRound = new LinkedHashSet<>();
    private int roomForNewcomers;

    Turns(Pace<K> pace) {
        urgency = new Urgency<>(pace);
    }

    void add(Submission<K, T> newcomer) {
        if (roomForNewcomers > 0) {
            roomForNewcomers--;
            thisRound.add(newcomer);
        } else {
            nextRound.add(newcomer);
        }
        byDeadline.add(newcomer);
        urgency.came(newcomer);
    }

    /** Those that have had their turn and give it back. */
    void addAgain(Submission<K, T> submission) {
        if (!submission.isSpent()) {
            if (!nextRound.contains(submission)) {
                thisRound.add(submission);
            }
            byDeadline.add(submission);
            urgency.came(submission);
        }
    }

    void gave(Submission<K, T> submission) {
        remove(submission);
        if (!submission.isSpent()) {
            nextRound.add(submission);
            byDeadline.add(submission);
        }
    }

    private void remove(Submission<K, T> submission) {
        thisRound.remove(submission);
        nextRound.remove(submission);
        byDeadline.remove(submission);
    }

    boolean isEmpty() {
        return thisRound.isEmpty() && nextRound.isEmpty();
    }

    int size() {
        return (int) waiting().filter(submission -> !submission.isSpent()).count();
    }

    void forgetSpent() {
        waiting().filter(Submission::isSpent).toList().forEach(this::remove);
    }

    /** Those whose deadline passed; they are the caller's to end. */
    List<Submission<K, T>> removeLate() {
        List<Submission<K, T>> late = new ArrayList<>();
        for (Iterator<Submission<K, T>> first = byDeadline.iterator(); first.hasNext();) {
            Submission<K, T> submission = first.next();
            if (!submission.isLate()) {
                break;
            }
            late.add(submission);
        }
        late.forEach(this::remove);
        return late;
    }

    List<Submission<K, T>> removeAll() {
        List<Submission<K, T>> all = waiting().toList();
        all.forEach(this::remove);
        return all;
    }

    /** Those whose deadlines are at stake, by deadline; each gives all it has before the next one's turn. */
    List<Submission<K, T>> urgent() {
        return urgency.urgent(byDeadline).stream().filter(submission -> !submission.isSpent()).toList();
    }

    /** Begins the next round if this one is over. */
    void advance() {
        if (thisRound.isEmpty()) {
            Set<Submission<K, T>> over = thisRound;
            thisRound = nextRound;
            nextRound = over;
            roomForNewcomers = thisRound.size();
        }
    }

    /** In the order of their turns. */
    Stream<Submission<K, T>> waiting() {
        return Stream.concat(thisRound.stream(), nextRound.stream());
    }

    Optional<K> firstKey() {
        return waiting().map(Submission::firstKey).flatMap(Optional::stream).findFirst();
    }
}
