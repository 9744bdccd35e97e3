package dev.darkroom.bench.load;

import dev.darkroom.batching.DeadlineExceededException;
import dev.darkroom.batching.DeadlineUnreachableException;
import dev.darkroom.batching.QueueFullException;
import dev.darkroom.batching.Refusal;
import dev.darkroom.bench.picture.Picture;
import dev.darkroom.enhance.EnhanceResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.CallerRunsPolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Sends pictures when they are due, whatever has become of those before; what comes late is late from when it was due. */
public final class OpenLoop implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final int UNCHECKED = 32;

    private final Bench bench;
    private final AnswerCheck check;
    private final Duration timeout;
    /** Answers wait for their check in small numbers, for they take memory; then whoever has one checks it. */
    private final ThreadPoolExecutor checker = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(UNCHECKED), task -> new Thread(task, "answer-check"), new CallerRunsPolicy());

    public OpenLoop(Bench bench, AnswerCheck check, Duration timeout) {
        this.bench = bench;
        this.check = check;
        this.timeout = timeout;
    }

    /** Returns when the last has been answered, or is lost: none is heard of so long after all deadlines. */
    public List<Outcome> run(List<Long> arrivals) throws InterruptedException {
        List<Picture> deck = bench.album().deck();
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>(arrivals.size());
        long start = System.nanoTime();
        for (int i = 0; i < arrivals.size(); i++) {
            awaitNanoTime(start + arrivals.get(i));
            outcomes.add(send(deck.get(i % deck.size()), start, arrivals.get(i)).toCompletableFuture());
        }
        long latest = System.nanoTime() + timeout.plus(GRACE).toNanos();
        List<Outcome> ended = new ArrayList<>(outcomes.size());
        for (int i = 0; i < outcomes.size(); i++) {
            var lost = new Outcome.Lost(deck.get(i % deck.size()).size());
            ended.add(outcomes.get(i).completeOnTimeout(lost, Math.max(0, latest - System.nanoTime()), TimeUnit.NANOSECONDS).join());
        }
        return ended;
    }

    private static void awaitNanoTime(long due) throws InterruptedException {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private CompletionStage<Outcome> send(Picture picture, long start, long arrival) {
        try {
            return bench.enhance(picture, timeout).result()
                    .thenApply(result -> new Timed(result, System.nanoTime() - start))
                    .thenApplyAsync(answer -> answered(picture, answer, arrival), checker)
                    .exceptionally(failure -> failed(picture, failure));
        } catch (QueueFullException e) {
            return CompletableFuture.completedStage(new Outcome.Refused(picture.size(), e.reason(), Optional.of(e.retryAfter())));
        } catch (DeadlineUnreachableException e) {
            return CompletableFuture.completedStage(new Outcome.Refused(picture.size(), Refusal.UNREACHABLE, Optional.empty()));
        }
    }

    private record Timed(EnhanceResult result, long endedNanos) {}

    private Outcome answered(Picture picture, Timed answer, long arrival) {
        Verdict verdict = check.judge(picture, answer.result);
        return new Outcome.Answered(picture.size(), answer.endedNanos - arrival, answer.endedNanos, verdict);
    }

    private static Outcome failed(Picture picture, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof DeadlineExceededException
                ? new Outcome.Expired(picture.size()) : new Outcome.Failed(picture.size(), cause);
    }

    @Override
    public void close() {
        checker.shutdown();
    }
}
