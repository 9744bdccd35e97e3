package dev.darkroom.score.http;

import dev.darkroom.http.Problem;
import dev.darkroom.http.Query;
import dev.darkroom.http.access.Requires;
import dev.darkroom.http.access.Role;
import dev.darkroom.http.body.Answer;
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
import java.util.concurrent.CompletionException;

/** {@code POST /v1/score}: how candidates compare with a reference. */
@Path("/v1/score")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Requires(Role.SCORE)
public class ScoreResource {
    private final Scorer scorer;
    private final AsyncAnswers async;

    ScoreResource(Scorer scorer, AsyncAnswers async) {
        this.async = async;
        this.scorer = scorer;
    }

    @POST
    @Blocking
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Uni<Response> score(@Context UriInfo uri, @Context RoutingContext context) throws IOException {
        ScoreRequest request = new ScoreParameters(Query.of(uri)).request(scorer.networks());
        boolean later = async.wanted(context); // what can be refused is, before the uploads are taken
        Uploads uploads = Uploads.takenFrom(context);
        if (!later) {
            return scored(uploads, request, context).map(report -> Response.ok(report).build());
        }
        try (uploads) {
            return async.accept(context, ScoreJobs.TASK, Query.of(uri), uploads.names(), uploads.files());
        }
    }

    /** The work ends with the request. */
    private Uni<ScoreReport> scored(Uploads uploads, ScoreRequest request, RoutingContext context) {
        Scoring scoring = start(uploads, request);
        scoring.released().whenComplete((report, failure) -> uploads.close());
        Answer.afterwards(context, scoring::cancel);
        return Uni.createFrom().completionStage(scoring.report()).onFailure(CompletionException.class).transform(Throwable::getCause);
    }

    private Scoring start(Uploads uploads, ScoreRequest request) {
        try {
            return scorer.score(uploads.reference(), uploads.candidates(), request, () -> {});
        } catch (Throwable e) {
            uploads.close();
            throw e;
        }
    }
}
