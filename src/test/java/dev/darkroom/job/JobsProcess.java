package dev.darkroom.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Another process over the same folder: takes a job, says so, and never ends it. */
final class JobsProcess {
    private JobsProcess() {}

    public static void main(String[] args) throws Exception {
        var work = new SlowWork("the other process");
        try (var jobs = open(Path.of(args[0]), work)) {
            System.out.println("started " + work.started.take().order.names());
            Thread.currentThread().join();
        }
    }

    static Jobs open(Path folder, JobWork work) throws Exception {
        return open(new JobsSettings(folder, Duration.ofHours(1), Duration.ofMinutes(30), 1, 10, 5), work);
    }

    static Jobs open(JobsSettings settings, JobWork work) throws Exception {
        JobFailures failures = (failure, id) -> new JobFailures.Refusal(failure instanceof IllegalStateException ? 503 : 422, Map.of(),
                ("\"" + failure.getMessage() + "\"").getBytes(StandardCharsets.UTF_8));
        return Jobs.open(settings, List.of(work), failures, how -> {}, new ObjectMapper().registerModule(new JavaTimeModule()));
    }
}
