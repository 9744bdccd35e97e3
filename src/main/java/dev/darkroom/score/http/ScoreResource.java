package dev.darkroom.score.http;

import dev.darkroom.http.Problem;
import dev.darkroom.http.Query;
import dev.darkroom.http.UploadLimit;
import dev.darkroom.http.access.Requires;
import dev.darkroom.http.access.Role;
import dev.darkroom.job.http.AsyncAnswers;
import dev.darkroom.score.ScoreReport;
import dev.darkroom.score.ScoreRequest;
import dev.darkroom.score.Scorer;
import dev.darkroom.score.Scoring;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
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
    private final AsyncAnswers async;

    ScoreResource(Scorer scorer, UploadLimit limit, AsyncAnswers async) {
        this.async = async;
        this.scorer = scorer;
        this.limit = limit;
    }

    @POST
    @Blocking
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Uni<Response> score(@RestForm(FileUpload.ALL) List<FileUpload> files, @Context UriInfo uri, @Context RoutingContext context) throws IOException {
        ScoreRequest request = new ScoreParameters(Query.of(uri)).request(scorer.networks());
        Uploads uploads = Uploads.receive(files, limit, scorer.admission());
        if (!async.wanted(context)) {
            return scored(uploads, request).map(report -> Response.ok(report).build());
        }
        try (uploads) {
            return async.accept(context, ScoreJobs.TASK, Query.of(uri), uploads.names(), uploads.bytes());
        }
    }

    private Uni<ScoreReport> scored(Uploads uploads, ScoreRequest request) {
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
