package dev.darkroom.job;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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
    private static final Duration BETWEEN_TIDYINGS = Duration.ofSeconds(1);

    private final JobFolder folder;
    private final List<JobWork> works;
    private final JobsSettings settings;
    private final JobFailures failures;
    private final JobEvents events;
    private final ExecutorService threads;
    private final Semaphore news = new Semaphore(0);
    private final Map<String, Instant> notBefore = new ConcurrentHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean stopping;

    JobRunner(JobFolder folder, List<JobWork> works, JobsSettings settings, JobFailures failures, JobEvents events) {
        this.folder = folder;
        this.works = works;
        this.settings = settings;
        this.failures = failures;
        this.events = events;
        threads = Executors.newFixedThreadPool(settings.atATime() + 1, task -> new Thread(task, "job"));
    }

    JobRunner start() {
        for (int i = 0; i < settings.atATime(); i++) {
            threads.execute(this::run);
        }
        threads.execute(this::tidy);
        return this;
    }

    /** There is something to do. */
    void wake() {
        news.release();
    }

    private void run() {
        while (!stopping) {
            try {
                if (!looked()) {
                    news.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Whether there was a job, and it was done. */
    private boolean looked() throws InterruptedException {
        try {
            return runNext();
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) { // or its thread would be missed for good
            LOG.warn("a job could not be looked at; it will be again", e);
            return false;
        }
    }

    /** Also while all threads are at long jobs. */
    private void tidy() {
        try {
            do {
                try {
                    notBefore.keySet().retainAll(folder.tidy(Instant.now().minus(settings.keep())));
                } catch (Throwable e) { // or nothing would be tidied any more
                    LOG.warn("the jobs' folder could not be tidied; it will be again", e);
                }
            } while (!stopped.await(BETWEEN_TIDYINGS.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
            Optional<Duration> later = new JobAttempt(job, work, settings.timeout(), failures, events, () -> stopping).run();
            later.ifPresentOrElse(wait -> notBefore.put(job.files().id(), Instant.now().plus(wait)), () -> notBefore.remove(job.files().id()));
            return later.isEmpty();
        } catch (NoSuchFileException e) {
            return false; // deleted meanwhile
        }
    }

    /** What is running is given up, and done again at the next start. */
    @Override
    public void close() {
        stopping = true;
        stopped.countDown();
        threads.shutdown();
        news.release(settings.atATime());
        try {
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
