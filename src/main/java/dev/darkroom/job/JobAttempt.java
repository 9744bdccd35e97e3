package dev.darkroom.job;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** A job that is claimed, on its way to an outcome. */
final class JobAttempt {
    private static final Logger LOG = Logger.getLogger(JobAttempt.class);
    private static final int MOST_ATTEMPTS = 3;
    /** How soon a cancellation is noticed, and how often progress is written down. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private final JobFolder.Entry job;
    private final JobWork work;
    private final JobFailures failures;
    private final JobEvents events;
    private final Duration limit;
    private final BooleanSupplier stopping;

    JobAttempt(JobFolder.Entry job, JobWork work, Duration limit, JobFailures failures, JobEvents events, BooleanSupplier stopping) {
        this.job = job;
        this.work = work;
        this.limit = limit;
        this.failures = failures;
        this.events = events;
        this.stopping = stopping;
    }

    /** After how long to try again; empty if the job has ended. */
    Optional<Duration> run() throws IOException, InterruptedException {
        int attempts = job.files().attempts();
        if (attempts >= MOST_ATTEMPTS) {
            return failed(new JobGivenUpException(attempts));
        }
        job.files().attempts(attempts + 1);
        try {
            return done(answer());
        } catch (ExecutionException | CompletionException e) {
            return failed(e.getCause());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return failed(e);
        }
    }

    private JobWork.Answer answer() throws Exception {
        JobWork.Running running = work.start(job.order(), job.files().uploads(job.order()), limit);
        CompletableFuture<JobWork.Answer> answer = running.answer().toCompletableFuture();
        try {
            return awaited(running, answer);
        } catch (Throwable e) {
            running.cancel();
            answer.thenAccept(JobWork.Answer::close); // it may come yet
            throw e;
        }
    }

    private JobWork.Answer awaited(JobWork.Running running, CompletableFuture<JobWork.Answer> answer) throws Exception {
        while (true) {
            try {
                return answer.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (stopping.getAsBoolean() || job.files().isCancelled()) {
                    running.cancel();
                } else {
                    job.files().report(running.progress());
                }
            }
        }
    }

    private Optional<Duration> done(JobWork.Answer answer) throws IOException {
        try (answer) {
            if (!job.files().isCancelled()) {
                job.files().end(new JobOutcome(200, answer.headers(), Instant.now()), answer.body());
                events.ended("done");
            }
            return Optional.empty();
        }
    }

    private Optional<Duration> failed(Throwable failure) throws IOException {
        if (job.files().isCancelled()) {
            events.ended("cancelled");
            return Optional.empty();
        }
        if (stopping.getAsBoolean()) {
            return later(Duration.ZERO);
        }
        JobFailures.Refusal refusal = failures.refusal(failure, job.files().id());
        if (refusal.passes()) {
            return later(Duration.ofSeconds(refusal.retryAfterSeconds()));
        }
        if (refusal.isAFault()) {
            LOG.errorf(failure, "job %s failed", job.files().id());
        }
        job.files().end(new JobOutcome(refusal.status(), refusal.headers(), Instant.now()), ByteBuffer.wrap(refusal.body()));
        events.ended("failed");
        return Optional.empty();
    }

    /** The attempt does not count: nothing died. */
    private Optional<Duration> later(Duration wait) throws IOException {
        job.files().attempts(Math.max(0, job.files().attempts() - 1));
        return Optional.of(wait);
    }
}
