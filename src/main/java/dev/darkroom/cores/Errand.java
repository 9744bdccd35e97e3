package dev.darkroom.cores;

import dev.darkroom.batching.Deadline;
import java.time.Duration;

/**
 * Something to be done on a core.
 *
 * <p>The one goes first that has to begin first, so that it is done by its deadline; but each is treated as if it had to begin within
 * {@value #OVERTAKEN} times its own length. So short ones overtake long ones, and no one is overtaken by what comes later than that:
 * with enough time for all, it is done at most so many times its length later than in the order of arrival.
 *
 * @param expected  how long it will take
 * @param beginNanos when it has to begin, on the clock of {@link System#nanoTime()}
 * @param number    tells it from others that have to begin at the same moment, in the order of arrival
 */
record Errand(Runnable work, Duration expected, long beginNanos, long number) implements Comparable<Errand> {
    private static final int OVERTAKEN = 4;

    /** @param background whether it has time until its deadline */
    static Errand of(Runnable work, Duration expected, Deadline deadline, boolean background, long number) {
        long toItsDeadline = deadline.remaining().minus(expected).toNanos();
        long toItsTurn = background ? Long.MAX_VALUE : OVERTAKEN * expected.toNanos();
        return new Errand(work, expected, System.nanoTime() + Math.min(toItsDeadline, toItsTurn), number);
    }

    @Override
    public int compareTo(Errand other) {
        int sooner = Long.signum(beginNanos - other.beginNanos);
        return sooner != 0 ? sooner : Long.compare(number, other.number);
    }
}
