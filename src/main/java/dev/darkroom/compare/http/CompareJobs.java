package dev.darkroom.compare.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.batching.Standing;
import dev.darkroom.compare.CompareRequest;
import dev.darkroom.compare.Comparer;
import dev.darkroom.compare.Comparison;
import dev.darkroom.enhance.Progress;
import dev.darkroom.http.Query;
import dev.darkroom.http.UploadLimit;
import dev.darkroom.job.JobOrder;
import dev.darkroom.job.JobProgress;
import dev.darkroom.job.JobWork;
import dev.darkroom.model.Task;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Compares pictures of jobs, admitted as any other. */
@Singleton
final class CompareJobs implements JobWork {
    private static final String PREFIX = "compare/";

    private final Comparer comparer;
    private final UploadLimit uploadLimit;
    private final ObjectMapper json;

    CompareJobs(Comparer comparer, UploadLimit uploadLimit, ObjectMapper json) {
        this.comparer = comparer;
        this.uploadLimit = uploadLimit;
        this.json = json;
    }

    /** What a job is called. */
    static String name(Task task) {
        return PREFIX + task;
    }

    @Override
    public boolean does(String name) {
        return task(name).isPresent();
    }

    private static Optional<Task> task(String name) {
        return name.startsWith(PREFIX) ? Task.find(name.substring(PREFIX.length())) : Optional.empty();
    }

    @Override
    public Running start(JobOrder order, List<Path> files, Duration limit) throws IOException {
        CompareForm form = CompareForm.of(order.accept());
        CompareRequest request = new CompareParameters(new Query(order.query()), form)
                .request(task(order.task()).orElseThrow(), files.size() > 1, comparer.networks())
                .standing(Standing.of(order.account()).inBackground());
        Pair pair = Pair.of(files, order.names(), uploadLimit, comparer.admission());
        try {
            Comparison comparison = comparer.compare(pair.picture(), pair.reference(), request, limit);
            comparison.released().whenComplete((done, failure) -> pair.close());
            return new Comparing(comparison, form, json);
        } catch (Throwable e) {
            pair.close();
            throw e;
        }
    }

    private record Comparing(Comparison comparison, CompareForm form, ObjectMapper json) implements Running {
        @Override
        public CompletionStage<Answer> answer() {
            return comparison.result().thenApply(compared -> {
                try (compared) {
                    CompareAnswer answer = CompareAnswer.of(compared, form, json);
                    return new Answer(answer.headers(), answer.body().view(), answer.body()::close);
                }
            });
        }

        @Override
        public JobProgress progress() {
            Progress progress = comparison.progress();
            return new JobProgress(progress.tiles(), progress.of(), progress.left().toMillis() / 1e3);
        }

        @Override
        public void cancel() {
            comparison.cancel();
        }
    }
}
