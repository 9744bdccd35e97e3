package dev.darkroom.job;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Runs jobs, first come first, a few at a time.
 *
 * <ul>
 *   <li>A job is run by whoever holds its claim; one whose process has died is done again by another, or after a restart.
 *   <li>One that is refused for lack of room waits until there should be some.
 *   <li>One with which processes have died three times is given up: it may be what kills them.
 *   <li>Stopping leaves what is running for the next start.
 * </ul>
 */
final class JobRunner implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(JobRunner.class);
    /** How soon jobs of other processes, and cancellations, are noticed. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private static final int MOST_ATTEMPTS = 3;

    private final JobFolder folder;
    private final List<JobWork> works;
    private final JobsSettings settings;
    private final JobFailures failures;
    private final JobEvents events;
    private final ExecutorService threads;
    private final Semaphore news = new Semaphore(0);
    private final Map<String, Instant> notBefore = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    JobRunner(JobFolder folder, List<JobWork> works, JobsSettings settings, JobFailures failures, JobEvents events) {
        this.folder = folder;
        this.works = works;
        this.settings = settings;
        this.failures = failures;
        this.events = events;
        threads = Executors.newFixedThreadPool(settings.atATime(), task -> new Thread(task, "job"));
    }

    JobRunner start() {
        for (int i = 0; i < settings.atATime(); i++) {
            threads.execute(this::run);
        }
        return this;
    }

    /** There is something to do. */
    void wake() {
        news.release();
    }

    private void run() {
        while (!stopping) {
            try {
                if (!runNext()) {
                    folder.tidy(Instant.now().minus(settings.keep()));
                    news.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException e) {
                return;
            } catch (IOException | RuntimeException e) {
                LOG.warn("a job could not be looked at; it will be again", e);
            }
        }
    }

    /** Whether there was one. */
    private boolean runNext() throws IOException, InterruptedException {
        for (JobFolder.Entry job : folder.all()) {
            if (stopping) {
                return false;
            }
            Optional<JobWork> work = works.stream().filter(any -> any.does(job.order().task())).findFirst();
            boolean due = notBefore.getOrDefault(job.files().id(), Instant.MIN).isBefore(Instant.now());
            if (work.isPresent() && due && job.files().outcome().isEmpty() && runIfUnclaimed(job, work.get())) {
                return true;
            }
        }
        return false;
    }

    private boolean runIfUnclaimed(JobFolder.Entry job, JobWork work) throws IOException, InterruptedException {
        try (JobFiles.Claim claim = job.files().claim().orElse(null)) {
            if (claim == null || job.files().isCancelled() || job.files().outcome().isPresent()) {
                return false;
            }
            return run(job, work);
        }
    }

    private boolean run(JobFolder.Entry job, JobWork work) throws IOException, InterruptedException {
        int attempts = job.files().attempts();
        if (attempts >= MOST_ATTEMPTS) {
            return failed(job, new JobGivenUpException(attempts));
        }
        job.files().attempts(attempts + 1);
        try {
            end(job, done(job, work));
        } catch (ExecutionException | CompletionException e) {
            return failed(job, e.getCause());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return failed(job, e);
        }
        notBefore.remove(job.files().id());
        return true;
    }

    private JobWork.Answer done(JobFolder.Entry job, JobWork work) throws Exception {
        JobWork.Running running = work.start(job.order(), job.files().uploads(job.order()));
        CompletableFuture<JobWork.Answer> answer = running.answer().toCompletableFuture();
        while (true) {
            try {
                return answer.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (stopping || job.files().isCancelled()) {
                    running.cancel();
                } else {
                    job.files().report(running.progress());
                }
            }
        }
    }

    private void end(JobFolder.Entry job, JobWork.Answer answer) throws IOException {
        if (!job.files().isCancelled()) {
            job.files().end(new JobOutcome(200, answer.headers(), Instant.now()), answer.body());
            events.ended("done");
        }
    }

    /** Whether the job has ended with that. */
    private boolean failed(JobFolder.Entry job, Throwable failure) throws IOException {
        if (job.files().isCancelled()) {
            events.ended("cancelled");
            return true;
        }
        if (stopping) {
            giveBack(job);
            return false;
        }
        JobFailures.Refusal refusal = failures.refusal(failure, job.files().id());
        if (refusal.passes()) {
            giveBack(job);
            notBefore.put(job.files().id(), Instant.now().plusSeconds(refusal.retryAfterSeconds()));
            return false;
        }
        if (refusal.isAFault()) {
            LOG.errorf(failure, "job %s failed", job.files().id());
        }
        job.files().end(new JobOutcome(refusal.status(), refusal.headers(), Instant.now()), refusal.body());
        events.ended("failed");
        return true;
    }

    private static void giveBack(JobFolder.Entry job) throws IOException {
        job.files().attempts(Math.max(0, job.files().attempts() - 1));
    }

    /** What is running is given up, and done again at the next start. */
    @Override
    public void close() {
        stopping = true;
        threads.shutdown();
        news.release(settings.atATime());
        try {
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
