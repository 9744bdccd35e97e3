package dev.darkroom.bench.load;

import dev.darkroom.batching.QueueFullException;
import dev.darkroom.bench.Run;
import dev.darkroom.bench.picture.Picture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.IntPredicate;

/** Keeps a number of pictures inside, a new one as soon as one is done: as much load as there is patience, never more. */
public final class ClosedLoop {
    private final int inside;
    private final Function<Picture, CompletionStage<?>> submit;
    private final Semaphore room;
    private final Semaphore ended = new Semaphore(0);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    public ClosedLoop(int inside, Function<Picture, CompletionStage<?>> submit) {
        this.inside = inside;
        this.submit = submit;
        room = new Semaphore(inside);
    }

    /** What went through, and how long that took from the first to the last. */
    public record Run(int decks, Duration time) {
        public double megapixelsPerSecond(double megapixelsPerDeck) {
            return decks * megapixelsPerDeck / (time.toNanos() / 1e9);
        }
    }

    public Run decks(List<Picture> deck, int decks) throws InterruptedException {
        return run(deck, done -> done < decks);
    }

    /** Whole decks for at least so long. */
    public Run during(List<Picture> deck, Duration atLeast) throws InterruptedException {
        long began = System.nanoTime();
        return run(deck, done -> done == 0 || System.nanoTime() - began < atLeast.toNanos());
    }

    private Run run(List<Picture> deck, IntPredicate another) throws InterruptedException {
        long began = System.nanoTime();
        int decks = 0;
        try {
            while (another.test(decks) && failure.get() == null) {
                for (Picture picture : deck) {
                    enter(picture);
                }
                decks++;
            }
        } finally {
            // Also when this was interrupted: the networks that those inside run on are freed next.
            room.acquireUninterruptibly(inside);
            room.release(inside);
        }
        if (failure.get() != null) {
            throw new IllegalStateException("a picture failed", failure.get());
        }
        return new Run(decks, Duration.ofNanos(System.nanoTime() - began));
    }

    private void enter(Picture picture) throws InterruptedException {
        room.acquire();
        try {
            start(picture);
        } catch (Throwable e) {
            room.release();
            throw e;
        }
    }

    private void start(Picture picture) throws InterruptedException {
        while (true) {
            ended.drainPermits();
            try {
                submit.apply(picture).whenComplete((done, cause) -> leave(cause));
                return;
            } catch (QueueFullException full) {
                boolean alone = room.availablePermits() == inside - 1;
                if (alone && !ended.tryAcquire()) {
                    throw full; // nobody is inside whose leaving could make room
                }
                if (!alone) {
                    ended.acquire();
                }
            }
        }
    }

    private void leave(Throwable cause) {
        if (cause != null) {
            failure.compareAndSet(null, cause);
        }
        ended.release(); // before the room, so that whoever finds all of it can tell that someone has just left
        room.release();
    }
}
