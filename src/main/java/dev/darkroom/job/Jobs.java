package dev.darkroom.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Jobs in a folder, and their running. */
public final class Jobs implements AutoCloseable {
    private static final Duration UNTIL_ONE_EXPIRES = Duration.ofMinutes(1);

    private final JobsSettings settings;
    private final JobFolder folder;
    private final JobRunner runner;

    private Jobs(JobsSettings settings, JobFolder folder, JobRunner runner) {
        this.settings = settings;
        this.folder = folder;
        this.runner = runner;
    }

    /**
     * Runs what is there, and what comes.
     *
     * @param works who does what
     */
    public static Jobs open(JobsSettings settings, List<JobWork> works, JobFailures failures, JobEvents events, ObjectMapper json) throws IOException {
        var folder = new JobFolder(Files.createDirectories(settings.folder()), json);
        return new Jobs(settings, folder, new JobRunner(folder, works, settings, failures, events).start());
    }

    /** What is running is given up, and done again when the folder is opened next. */
    @Override
    public void close() {
        runner.close();
    }

    /** How many are kept, in a state of {@link Job#state}. */
    public long count(String state) {
        return folder.all().stream().filter(job -> state(job).equals(state)).count();
    }

    /**
     * Keeps a job, or finds the one that is kept under the same key.
     *
     * @param key the caller's {@code Idempotency-Key}
     * @return its id
     * @throws TooManyJobsException if there is no room for it
     * @throws KeyReusedException   if the key stands for another request
     */
    public String submit(JobOrder order, List<ByteBuffer> uploads, Optional<String> key) throws IOException {
        String id = JobIds.of(order.account(), key);
        Optional<JobFolder.Entry> earlier = folder.find(id);
        if (earlier.isEmpty()) {
            requireRoom(order.account());
        }
        JobFolder.Entry job = earlier.isPresent() ? earlier.get() : folder.add(id, order, uploads);
        if (!job.order().digest().equals(order.digest())) {
            throw new KeyReusedException();
        }
        runner.wake();
        return id;
    }

    private void requireRoom(String account) {
        List<JobFolder.Entry> kept = folder.all();
        if (kept.size() >= settings.most()) {
            throw new TooManyJobsException("all callers", settings.most(), UNTIL_ONE_EXPIRES);
        }
        if (kept.stream().filter(job -> job.order().account().equals(account)).count() >= settings.mostOfACaller()) {
            throw new TooManyJobsException("yours", settings.mostOfACaller(), UNTIL_ONE_EXPIRES);
        }
    }

    /** Empty if there is none of that id, or it is somebody else's. */
    public Optional<Job> find(String id, String account) throws IOException {
        Optional<JobFolder.Entry> entry = entry(id, account);
        return entry.isEmpty() ? Optional.empty() : Optional.of(job(entry.get()));
    }

    /** The answer that the request would have had; empty if the job has not ended. */
    public Optional<Ended> outcome(String id, String account) throws IOException {
        Optional<JobFolder.Entry> entry = entry(id, account);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        Optional<JobOutcome> outcome = entry.get().files().outcome();
        return outcome.isEmpty() ? Optional.empty() : Optional.of(new Ended(outcome.get(), entry.get().files().body()));
    }

    /** A job's outcome and the file with the body of its answer. */
    public record Ended(JobOutcome outcome, Path body) {}

    /** Whether there was one to cancel; it is gone at once, and its work stops within a second. */
    public boolean cancel(String id, String account) throws IOException {
        Optional<JobFolder.Entry> entry = entry(id, account);
        if (entry.isPresent()) {
            entry.get().files().cancel();
            folder.discard(id); // what it has sent is not kept for a job that is not counted
        }
        return entry.isPresent();
    }

    private Optional<JobFolder.Entry> entry(String id, String account) {
        return folder.find(id).filter(job -> job.order().account().equals(account));
    }

    private Job job(JobFolder.Entry job) throws IOException {
        Optional<JobOutcome> outcome = job.files().outcome();
        JobProgress progress = outcome.isPresent() ? null : job.files().progress().orElse(null);
        boolean done = outcome.filter(JobOutcome::succeeded).isPresent();
        boolean told = done && outcome.get().mediaType().equals("application/json");
        String body = outcome.isPresent() && (told || !done) ? Files.readString(job.files().body()) : null;
        boolean scored = told && job.order().task().equals("score");
        return new Job(job.files().id(), state(job), job.order().task(), job.order().received(), outcome.map(JobOutcome::ended).orElse(null),
                outcome.map(end -> end.ended().plus(settings.keep())).orElse(null), progress,
                done && !told ? "/v1/jobs/" + job.files().id() + "/result" : null, scored ? body : null, told && !scored ? body : null, done ? null : body);
    }

    private static String state(JobFolder.Entry job) {
        try {
            Optional<JobOutcome> outcome = job.files().outcome();
            return outcome.isPresent() ? outcome.get().succeeded() ? "done" : "failed" : job.files().progress().isPresent() ? "running" : "waiting";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
