package dev.darkroom.score.http;

import dev.darkroom.http.Problem;
import dev.darkroom.http.UploadLimit;
import dev.darkroom.http.access.Requires;
import dev.darkroom.http.access.Role;
import dev.darkroom.score.ScoreReport;
import dev.darkroom.score.ScoreRequest;
import dev.darkroom.score.Scorer;
import dev.darkroom.score.Scoring;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** {@code POST /v1/score}: how candidates compare with a reference. */
@Path("/v1/score")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Requires(Role.SCORE)
public class ScoreResource {
    private final Scorer scorer;
    private final UploadLimit limit;

    ScoreResource(Scorer scorer, UploadLimit limit) {
        this.scorer = scorer;
        this.limit = limit;
    }

    @POST
    @Blocking
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Uni<ScoreReport> score(@BeanParam ScoreParameters parameters, @RestForm(FileUpload.ALL) List<FileUpload> files) throws IOException {
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
