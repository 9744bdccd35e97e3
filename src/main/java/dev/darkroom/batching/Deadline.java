package dev.darkroom.batching;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The moment after which nobody waits for an answer any more, on a clock such as {@link System#nanoTime()}.
 *
 * @param nanosAfter what is still to be done when the work at hand is, nanoseconds of the devices
 */
public record Deadline(long nanoTime, LongSupplier nanoClock, long nanosAfter) {

    public Deadline(long nanoTime, LongSupplier nanoClock) {
        this(nanoTime, nanoClock, 0);
    }

    public static Deadline in(Duration duration) {
        return in(duration, System::nanoTime);
    }

    public static Deadline in(Duration duration, LongSupplier nanoClock) {
        return new Deadline(nanoClock.getAsLong() + duration.toNanos(), nanoClock);
    }

    /** The same moment for work that is followed by other work of the same request. */
    public Deadline before(Duration following) {
        return new Deadline(nanoTime, nanoClock, following.toNanos());
    }

    /** A moment so much earlier. */
    public Deadline sooner(Duration by) {
        return new Deadline(nanoTime - by.toNanos(), nanoClock, nanosAfter);
    }

    /** When the work at hand has to be done. */
    long dueNanoTime() {
        return nanoTime - nanosAfter;
    }

    /**
     * What comes of work, or {@link DeadlineExceededException} as soon as the deadline has passed, even if the work is still at it.
     *
     * @param late takes what comes of it after that
     */
    public <T> CompletionStage<T> outcome(CompletionStage<T> work, Consumer<? super T> late) {
        var outcome = new CompletableFuture<T>();
        Future<?> alarm = whenPassed(() -> outcome.completeExceptionally(new DeadlineExceededException()));
        work.whenComplete((result, failure) -> {
            alarm.cancel(false);
            if (failure != null) {
                outcome.completeExceptionally(failure);
            } else if (!outcome.complete(result)) {
                late.accept(result);
            }
        });
        return outcome.minimalCompletionStage();
    }

    /** Does something once it has passed, unless that is cancelled before. */
    public Future<?> whenPassed(Runnable action) {
        var alarm = new CompletableFuture<Void>().completeOnTimeout(null, remaining().toNanos() + 1, TimeUnit.NANOSECONDS);
        alarm.thenRunAsync(action, inThisContext());
        return alarm;
    }

    /** The JVM's alarm thread is not to do what follows, nor to hand on its class loader, which is that of whoever set its first alarm. */
    private static Executor inThisContext() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return work -> {
            var thread = new Thread(work, "deadline");
            thread.setContextClassLoader(loader);
            try {
                thread.start();
            } catch (OutOfMemoryError noThread) {
                work.run();
            }
        };
    }

    public boolean hasPassed() {
        return remaining().isNegative();
    }

    /** Negative once the deadline has passed. */
    public Duration remaining() {
        return Duration.ofNanos(nanoTime - nanoClock.getAsLong());
    }
}
