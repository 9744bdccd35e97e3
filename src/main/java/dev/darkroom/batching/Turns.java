package dev.darkroom.batching;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whose turn it is among the requests that have tiles left. Not thread-safe: belongs to the queue's lock.
 *
 * <p>Round-robin, as long as every deadline is safe. Done in the order of deadlines, request k is done after the work of all
 * up to k; once that leaves less than the guard for any k, the requests up to k go first, earliest deadline first, until they
 * are safe again. So nobody starves, and no deadline is missed that could have been kept (to within a batch).
 */
final class Turns<K, T> {
    private final Pace<K> pace;
    /** In the order of their turns; a request that gave a tile moves to the end. */
    private final Set<Submission<K, T>> waiting = new LinkedHashSet<>();

    Turns(Pace<K> pace) {
        this.pace = pace;
    }

    void add(Submission<K, T> submission) {
        waiting.add(submission);
    }

    void addIfWaiting(Submission<K, T> submission) {
        if (!submission.isSpent()) {
            waiting.add(submission);
        }
    }

    void gave(Submission<K, T> submission) {
        waiting.remove(submission);
        addIfWaiting(submission);
    }

    int size() {
        return waiting.size();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Forgets those that have nothing left to give. */
    void removeSpent() {
        waiting.removeIf(Submission::isSpent);
    }

    /** Forgets also those whose deadline passed; they are the caller's to end. */
    List<Submission<K, T>> removeLate() {
        removeSpent();
        List<Submission<K, T>> late = waiting.stream().filter(Submission::isLate).toList();
        late.forEach(waiting::remove);
        return late;
    }

    List<Submission<K, T>> removeAll() {
        List<Submission<K, T>> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    /** Those whose deadlines are at stake, by deadline; each gives all it has before the next one's turn. */
    List<Submission<K, T>> urgent() {
        long guard = pace.guard().toNanos();
        long all = waiting.stream().mapToLong(this::nanosLeft).sum();
        if (waiting.stream().allMatch(submission -> submission.nanosToDeadline() - all >= guard)) {
            return List.of();
        }
        var byDeadline = new ArrayList<>(waiting);
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

    List<Submission<K, T>> roundRobin() {
        return List.copyOf(waiting);
    }

    private long nanosLeft(Submission<K, T> submission) {
        return submission.waiting(pace.nanosPerTile());
    }
}
