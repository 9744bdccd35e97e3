package dev.darkroom.job.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.http.Problem;
import dev.darkroom.http.Problems;
import dev.darkroom.job.JobFailures;
import dev.darkroom.job.JobWork;
import dev.darkroom.job.Jobs;
import dev.darkroom.job.JobsSettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** The jobs of this service; there are none where the operator has named no folder for them. */
@Startup
@Singleton
final class JobsHere {
    private static final List<String> STATES = List.of("waiting", "running", "done", "failed");

    private static final List<String> ENDINGS = List.of("done", "failed", "cancelled");

    private final Optional<Jobs> jobs;

    JobsHere(JobsConfig config, Instance<JobWork> works, ObjectMapper json, MeterRegistry meters) {
        jobs = config.folder().map(folder -> open(settings(folder, config), works.stream().toList(), json, meters));
        STATES.forEach(state -> Gauge.builder("darkroom.jobs", this, here -> here.jobs.map(kept -> kept.count(state)).orElse(0L))
                .description("Jobs that are kept, by state").tag("state", state).register(meters));
        ENDINGS.forEach(ending -> ended(ending, meters)); // from zero, so that the first one counts
    }

    private static Counter ended(String ending, MeterRegistry meters) {
        return meters.counter("darkroom.jobs.ended", "ending", ending);
    }

    private static JobsSettings settings(Path folder, JobsConfig config) {
        return new JobsSettings(folder, config.keep(), config.timeout(), config.atATime(), config.most(), config.mostOfACaller());
    }

    private static Jobs open(JobsSettings settings, List<JobWork> works, ObjectMapper json, MeterRegistry meters) {
        try {
            return Jobs.open(settings, works, JobsHere::refusal, how -> ended(how, meters).increment(), json);
        } catch (IOException e) {
            throw new UncheckedIOException("darkroom.jobs.folder cannot be used", e);
        }
    }

    private static JobFailures.Refusal refusal(Throwable failure, String jobId) {
        Problem.Answer answer = Problems.of(failure);
        var headers = new HashMap<>(answer.headers());
        headers.put("Content-Type", Problem.MEDIA_TYPE);
        return new JobFailures.Refusal(answer.problem().status(), headers, answer.problem().forRequest(jobId).json().getBytes(StandardCharsets.UTF_8));
    }

    Optional<Jobs> jobs() {
        return jobs;
    }

    /** Before the pipeline ends, which would finish what has been accepted: a job may take half an hour, and is done again instead. */
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
        jobs.ifPresent(Jobs::close);
    }
}
