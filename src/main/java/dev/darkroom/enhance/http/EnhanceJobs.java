package dev.darkroom.enhance.http;

import dev.darkroom.batching.Standing;
import dev.darkroom.enhance.EnhanceRequest;
import dev.darkroom.enhance.Enhancement;
import dev.darkroom.enhance.Pipeline;
import dev.darkroom.enhance.Progress;
import dev.darkroom.http.Query;
import dev.darkroom.http.UploadLimit;
import dev.darkroom.http.body.Upload;
import dev.darkroom.job.JobOrder;
import dev.darkroom.job.JobProgress;
import dev.darkroom.job.JobWork;
import dev.darkroom.model.Task;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Restores pictures of jobs, admitted as any other. */
@Singleton
final class EnhanceJobs implements JobWork {
    private final Pipeline pipeline;
    private final UploadLimit uploadLimit;

    EnhanceJobs(Pipeline pipeline, UploadLimit uploadLimit) {
        this.pipeline = pipeline;
        this.uploadLimit = uploadLimit;
    }

    @Override
    public boolean does(String task) {
        return task.equals(EnhanceResource.STEPS) || Task.find(task).isPresent();
    }

    @Override
    public Running start(JobOrder order, List<Path> files, Duration limit) throws IOException {
        var parameters = new EnhanceParameters(new Query(order.query()), order.accept());
        EnhanceRequest request = order.task().equals(EnhanceResource.STEPS) ? parameters.requestOfSteps()
                : parameters.request(Task.find(order.task()).orElseThrow());
        Upload sent = Upload.of(files.get(0), uploadLimit, pipeline.admission());
        try {
            Upload upload = parameters.wanted(sent, pipeline.admission());
            return new Restoration(start(upload, request.standing(Standing.of(order.account()).inBackground()), limit), order.task(), order.names().get(0));
        } catch (Throwable e) {
            sent.close();
            throw e;
        }
    }

    private Enhancement start(Upload upload, EnhanceRequest request, Duration limit) {
        try {
            Enhancement enhancement = pipeline.enhancer().enhanceAndHold(upload.file(), request, limit);
            enhancement.released().thenRun(upload::close);
            return enhancement;
        } catch (Throwable e) {
            upload.close();
            throw e;
        }
    }

    private record Restoration(Enhancement enhancement, String task, String name) implements Running {
        @Override
        public CompletionStage<Answer> answer() {
            return enhancement.result().thenApply(result -> new Answer(RestoredPicture.headers(result, task, name), result.image().file().view(), result::close));
        }

        @Override
        public JobProgress progress() {
            Progress progress = enhancement.progress();
            return new JobProgress(progress.tiles(), progress.of(), progress.left().toMillis() / 1e3);
        }

        @Override
        public void cancel() {
            enhancement.cancel();
        }
    }
}
