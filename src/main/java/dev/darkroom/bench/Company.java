package dev.darkroom.bench;

import dev.darkroom.batching.QueueFullException;
import dev.darkroom.enhance.Enhancement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One request again and again, from the moment it has been answered, until it is stopped; when it is refused, once it may come again. Thread-safe. */
final class Company {
    private final Supplier<Enhancement> request;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private Enhancement running;
    private boolean stopped;
    private int done;

    private Company(Supplier<Enhancement> request) {
        this.request = request;
    }

    static Company of(Supplier<Enhancement> request) {
        var company = new Company(request);
        company.again();
        return company;
    }

    private synchronized void again() {
        if (stopped) {
            ended.complete(null);
            return;
        }
        try {
            Enhancement begun = request.get();
            running = begun;
            begun.result().whenComplete((result, failure) -> begun.released().thenRun(() -> next(failure)));
        } catch (QueueFullException full) {
            running = null;
            CompletableFuture.delayedExecutor(full.retryAfter().toNanos(), TimeUnit.NANOSECONDS).execute(this::again);
        } catch (RuntimeException refused) {
            ended.completeExceptionally(refused);
        }
    }

    private synchronized void next(Throwable failure) {
        done += failure == null ? 1 : 0;
        if (failure != null && !stopped) {
            ended.completeExceptionally(failure);
        } else {
            again();
        }
    }

    CompletionStage<Void> stop() {
        Enhancement last;
        synchronized (this) {
            stopped = true;
            last = running;
        }
        if (last != null) {
            last.cancel();
        }
        return ended;
    }

    /** How many were answered. */
    synchronized int done() {
        return done;
    }
}
