package dev.darkroom.batching;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One caller's requests, or those of them that run in the background: in rounds, the more urgent before the others. */
final class Party<K, T> {
    private final SortedMap<Integer, Rounds<Submission<K, T>>> byUrgency = new TreeMap<>();

    /** What tells parties apart. */
    record Key(Object caller, boolean background) {
        static Key of(Submission<?, ?> submission) {
            return new Key(submission.standing().caller(), submission.standing().background());
        }
    }

    void add(Submission<K, T> newcomer) {
        rounds(newcomer).add(newcomer);
    }

    void addAgain(Submission<K, T> submission) {
        rounds(submission).addAgain(submission);
    }

    void hadItsTurn(Submission<K, T> submission) {
        rounds(submission).hadItsTurn(submission);
    }

    void remove(Submission<K, T> submission) {
        rounds(submission).remove(submission);
    }

    boolean isEmpty() {
        return byUrgency.values().stream().allMatch(Rounds::isEmpty);
    }

    /** @param forget takes out what has nothing left to give: whoever is left in a round may have been cancelled */
    void advance(Consumer<Submission<K, T>> forget) {
        for (Rounds<Submission<K, T>> rounds : byUrgency.values()) {
            for (var first = rounds.first(); first.filter(Submission::isSpent).isPresent(); first = rounds.first()) {
                forget.accept(first.get());
            }
            rounds.advance();
        }
    }

    /** In the order of their turns. */
    Stream<Submission<K, T>> waiting() {
        return byUrgency.values().stream().flatMap(Rounds::waiting);
    }

    private Rounds<Submission<K, T>> rounds(Submission<K, T> submission) {
        return byUrgency.computeIfAbsent(submission.standing().urgency(), urgency -> new Rounds<>());
    }
}
