package dev.darkroom.batching;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Rounds, in each of which everyone has one turn. A newcomer still joins the present round, so that it waits for one batch and not for
 * everyone's next turn too; but a round takes in no more newcomers than it began with, so that they never take more than half of what the
 * others would have had.
 */
final class Rounds<E> {
    private Set<E> thisRound = new LinkedHashSet<>();
    private Set<E> nextRound = new LinkedHashSet<>();
    private int roomForNewcomers;

    void add(E newcomer) {
        if (roomForNewcomers > 0) {
            roomForNewcomers--;
            thisRound.add(newcomer);
        } else {
            nextRound.add(newcomer);
        }
    }

    /** Whoever has had its turn and gives it back. */
    void addAgain(E element) {
        if (!nextRound.contains(element)) {
            thisRound.add(element);
        }
    }

    void hadItsTurn(E element) {
        remove(element);
        nextRound.add(element);
    }

    void remove(E element) {
        thisRound.remove(element);
        nextRound.remove(element);
    }

    boolean isEmpty() {
        return thisRound.isEmpty() && nextRound.isEmpty();
    }

    /** Whose turn it is in this round; empty once it is over. */
    Optional<E> first() {
        return thisRound.stream().findFirst();
    }

    /** Begins the next round if this one is over. */
    void advance() {
        if (thisRound.isEmpty()) {
            Set<E> over = thisRound;
            thisRound = nextRound;
            nextRound = over;
            roomForNewcomers = thisRound.size();
        }
    }

    /** In the order of their turns. */
    Stream<E> waiting() {
        return Stream.concat(thisRound.stream(), nextRound.stream());
    }
}
