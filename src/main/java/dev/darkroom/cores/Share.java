package dev.darkroom.cores;

import dev.darkroom.batching.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/** One request's place on the {@link Cores}: it does one errand after the other, until nobody waits for it any more. Thread-safe. */
public final class Share {
    private final Cores cores;
    private final Deadline deadline;
    private final boolean background;
    private Optional<Errand> waiting = Optional.empty();

    Share(Cores cores, Deadline deadline, boolean background) {
        this.cores = cores;
        this.deadline = deadline;
        this.background = background;
    }

    /**
     * For an errand of about this length; once the cores are closed it is done at once.
     *
     * @param following what is left to do for the request after it
     */
    public Executor expecting(Duration expected, Duration following) {
        return work -> {
            Optional<Errand> errand;
            synchronized (this) {
                errand = cores.add(work, expected, deadline.sooner(following), background);
                waiting = errand;
            }
            if (errand.isEmpty()) {
                work.run();
            }
        };
    }

    /** Does what has not begun at once, on another thread: it finds out by itself that nobody waits, and frees what it has. */
    public void giveUp() {
        Optional<Errand> errand;
        synchronized (this) {
            errand = waiting;
            waiting = Optional.empty();
        }
        errand.filter(cores::remove).ifPresent(given -> ForkJoinPool.commonPool().execute(given.work()));
    }
}
