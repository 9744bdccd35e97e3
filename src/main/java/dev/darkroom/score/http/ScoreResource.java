package dev.darkroom.score.http;

import dev.darkroom.http.UploadLimit;
import dev.darkroom.http.access.Requires;
import dev.darkroom.http.access.Role;
import dev.darkroom.score.ScoreReport;
import dev.darkroom.score.ScoreRequest;
import dev.darkroom.score.Scorer;
import dev.darkroom.score.Scoring;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** {@code POST /v1/score}: how candidates compare with a reference. */
@Requires(Role.SCORE)
public class ScoreResource implements ScoreApi {
    private final Scorer scorer;
    private final UploadLimit limit;

    ScoreResource(Scorer scorer, UploadLimit limit) {
        this.scorer = scorer;
        this.limit = limit;
    }

    @Override
    @Blocking
    public Uni<ScoreReport> score(ScoreParameters parameters, List<FileUpload> files) throws IOException {
        ScoreRequest request = parameters.request(scorer.networks());
        Uploads uploads = Uploads.receive(files, limit, scorer.admission());
        Scoring scoring = start(uploads, request);
        scoring.released().whenComplete((report, failure) -> uploads.close());
        return Uni.createFrom().completionStage(scoring.report())
                .onFailure(CompletionException.class).transform(Throwable::getCause)
                .onCancellation().invoke(scoring::cancel); // the client has gone
    }

    private Scoring start(Uploads uploads, ScoreRequest request) {
        try {
            return scorer.score(uploads.reference(), uploads.candidates(), request, () -> {});
        } catch (RuntimeException e) {
            uploads.close();
            throw e;
        }
    }
}
