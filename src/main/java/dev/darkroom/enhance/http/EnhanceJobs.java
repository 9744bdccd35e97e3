package dev.darkroom.enhance.http;

import dev.darkroom.enhance.EnhanceRequest;
import dev.darkroom.enhance.Enhancement;
import dev.darkroom.enhance.Pipeline;
import dev.darkroom.http.Query;
import dev.darkroom.http.Upload;
import dev.darkroom.http.UploadLimit;
import dev.darkroom.job.JobOrder;
import dev.darkroom.job.JobProgress;
import dev.darkroom.job.JobWork;
import dev.darkroom.model.Task;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Restores pictures of jobs, admitted as any other. */
@Singleton
final class EnhanceJobs implements JobWork {
    private final Pipeline pipeline;
    private final UploadLimit limit;

    EnhanceJobs(Pipeline pipeline, UploadLimit limit) {
        this.pipeline = pipeline;
        this.limit = limit;
    }

    @Override
    public boolean does(String task) {
        return Task.find(task).isPresent();
    }

    @Override
    public Running start(JobOrder order, List<Path> files) throws IOException {
        Task task = Task.find(order.task()).orElseThrow();
        EnhanceRequest request = new EnhanceParameters(new Query(order.query()), order.accept()).request(task);
        Upload upload = Upload.of(files.get(0), limit, pipeline.admission());
        try {
            Enhancement enhancement = pipeline.enhancer().enhance(upload.file(), request);
            enhancement.result().whenComplete((result, failure) -> upload.close());
            return new Restoration(enhancement, task, order.names().get(0));
        } catch (RuntimeException e) {
            upload.close();
            throw e;
        }
    }

    private record Restoration(Enhancement enhancement, Task task, String name) implements Running {
        @Override
        public CompletionStage<Answer> answer() {
            return enhancement.result().thenApply(result -> new Answer(RestoredPicture.headers(result, task, name), result.image().bytes()));
        }

        @Override
        public JobProgress progress() {
            Enhancement.Progress progress = enhancement.progress();
            return new JobProgress(progress.tiles(), progress.of(), progress.left().toMillis() / 1e3);
        }

        @Override
        public void cancel() {
            enhancement.cancel();
        }
    }
}
