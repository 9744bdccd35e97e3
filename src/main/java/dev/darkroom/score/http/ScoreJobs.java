package dev.darkroom.score.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.http.Query;
import dev.darkroom.http.UploadLimit;
import dev.darkroom.job.JobOrder;
import dev.darkroom.job.JobProgress;
import dev.darkroom.job.JobWork;
import dev.darkroom.score.ScoreReport;
import dev.darkroom.score.ScoreRequest;
import dev.darkroom.score.Scorer;
import dev.darkroom.score.Scoring;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Measures pictures of jobs, admitted as any other. */
@Singleton
final class ScoreJobs implements JobWork {
    static final String TASK = "score";

    private final Scorer scorer;
    private final UploadLimit uploadLimit;
    private final ObjectMapper json;

    ScoreJobs(Scorer scorer, UploadLimit uploadLimit, ObjectMapper json) {
        this.scorer = scorer;
        this.uploadLimit = uploadLimit;
        this.json = json;
    }

    @Override
    public boolean does(String task) {
        return task.equals(TASK);
    }

    @Override
    public Running start(JobOrder order, List<Path> files, Duration limit) throws IOException {
        ScoreRequest request = new ScoreParameters(new Query(order.query())).request(scorer.networks());
        Uploads uploads = Uploads.of(files, order.names(), uploadLimit, scorer.admission());
        try {
            var measured = new AtomicInteger();
            Scoring scoring = scorer.score(uploads.reference(), uploads.candidates(), request, limit, measured::incrementAndGet);
            scoring.released().whenComplete((report, failure) -> uploads.close());
            return new Measurement(scoring, measured, uploads.candidates().size() * request.metrics().size(), System.nanoTime(), json);
        } catch (Throwable e) {
            uploads.close();
            throw e;
        }
    }

    private record Measurement(Scoring scoring, AtomicInteger measured, int of, long beganNanos, ObjectMapper json) implements Running {
        @Override
        public CompletionStage<Answer> answer() {
            return scoring.report().thenApply(report -> new Answer(Map.of("Content-Type", "application/json"), ByteBuffer.wrap(bytes(report)), () -> {}));
        }

        private byte[] bytes(ScoreReport report) {
            try {
                return json.writeValueAsBytes(report);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Measurements take as long as those before them, as far as anyone knows. */
        @Override
        public JobProgress progress() {
            int done = measured.get();
            double seconds = Duration.ofNanos(System.nanoTime() - beganNanos).toMillis() / 1e3;
            return new JobProgress(done, of, seconds * (of - done) / Math.max(1, done));
        }

        @Override
        public void cancel() {
            scoring.cancel();
        }
    }
}
