package dev.darkroom.batching;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Whose turn it is among the requests that have tiles left. Not thread-safe: belongs to the queue's lock.
 *
 * <p>{@link Rounds}, in each of which every caller gives one tile of one of its requests ({@link Party}), as long as every deadline is
 * safe; callers in the background come after the others. {@link #urgent} requests go before their turn. What has ended is skipped when met
 * and forgotten now and then.
 */
final class Turns<K, T> {
    private final Urgency<K, T> urgency;
    private final Set<Submission<K, T>> byDeadline = new TreeSet<>(
            Comparator.<Submission<K, T>>comparingLong(s -> s.deadline().nanoTime()).thenComparingLong(Submission::number));
    private final Map<Party.Key, Party<K, T>> parties = new HashMap<>();
    private final Rounds<Party<K, T>> foreground = new Rounds<>();
    private final Rounds<Party<K, T>> background = new Rounds<>();

    Turns(Pace<K> pace) {
        urgency = new Urgency<>(pace);
    }

    void add(Submission<K, T> newcomer) {
        party(newcomer).waiting().filter(Submission::isSpent).toList().forEach(this::remove);
        Party<K, T> party = party(newcomer);
        if (party.isEmpty()) {
            rounds(newcomer).add(party);
        }
        party.add(newcomer);
        byDeadline.add(newcomer);
        urgency.came(newcomer);
    }

    /** Those that have had their turn and give it back. */
    void addAgain(Submission<K, T> submission) {
        if (!submission.isSpent()) {
            party(submission).addAgain(submission);
            rounds(submission).addAgain(party(submission));
            byDeadline.add(submission);
            urgency.came(submission);
        }
    }

    void gave(Submission<K, T> submission) {
        rounds(submission).hadItsTurn(party(submission));
        party(submission).hadItsTurn(submission);
        if (submission.isSpent()) {
            remove(submission);
        }
    }

    private Party<K, T> party(Submission<K, T> submission) {
        return parties.computeIfAbsent(Party.Key.of(submission), key -> new Party<>());
    }

    private Rounds<Party<K, T>> rounds(Submission<K, T> submission) {
        return submission.standing().background() ? background : foreground;
    }

    private void remove(Submission<K, T> submission) {
        byDeadline.remove(submission);
        Party<K, T> party = party(submission);
        party.remove(submission);
        if (party.isEmpty()) {
            rounds(submission).remove(party);
            parties.remove(Party.Key.of(submission));
        }
    }

    boolean isEmpty() {
        return parties.isEmpty();
    }

    int size() {
        return (int) waiting(true).filter(submission -> !submission.isSpent()).count();
    }

    void forgetSpent() {
        waiting(true).filter(Submission::isSpent).toList().forEach(this::remove);
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
        List<Submission<K, T>> all = waiting(true).toList();
        all.forEach(this::remove);
        return all;
    }

    /** Those whose deadlines are at stake, by deadline; each gives all it has before the next one's turn. */
    List<Submission<K, T>> urgent() {
        return urgency.urgent(byDeadline).stream().filter(submission -> !submission.isSpent()).toList();
    }

    /** Begins the next rounds where they are over. */
    void advance() {
        parties(true).toList().forEach(party -> party.advance(this::remove));
        foreground.advance();
        background.advance();
    }

    /** Callers in the order of their turns; those in the background come after the last turn of the others. */
    List<Rounds<Party<K, T>>> inOrder(boolean backgroundToo) {
        return backgroundToo ? List.of(foreground, background) : List.of(foreground);
    }

    private Stream<Party<K, T>> parties(boolean backgroundToo) {
        return inOrder(backgroundToo).stream().flatMap(Rounds::waiting);
    }

    /** In the order of their turns. */
    Stream<Submission<K, T>> waiting(boolean backgroundToo) {
        return parties(backgroundToo).flatMap(Party::waiting);
    }
}
