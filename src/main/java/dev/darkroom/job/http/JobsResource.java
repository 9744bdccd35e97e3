package dev.darkroom.job.http;

import dev.darkroom.http.access.Account;
import dev.darkroom.http.access.Requires;
import dev.darkroom.http.access.Role;
import dev.darkroom.job.Job;
import dev.darkroom.job.JobUnfinishedException;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;

/** {@code /v1/jobs}: what has become of a request that was not waited for. Whose it is not finds nothing. */
@Path("/v1/jobs/{id}")
@Requires({Role.ENHANCE, Role.SCORE})
public class JobsResource {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final AsyncAnswers answers;

    JobsResource(AsyncAnswers answers) {
        this.answers = answers;
    }

    @GET
    @Blocking
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<Response> job(@PathParam("id") String id, @Context RoutingContext context) {
        String account = Account.of(context);
        Job known = answers.job(id, account);
        return answers.ended(known.id(), account, AsyncAnswers.preference(context).patience()).map(ended -> {
            var response = Response.ok(answers.job(id, account));
            return (ended.isPresent() ? response : response.header("Retry-After", LOOK_AGAIN.toSeconds())).build();
        });
    }

    @GET
    @Path("/result")
    @Blocking
    @Produces(MediaType.WILDCARD)
    public Response result(@PathParam("id") String id, @Context RoutingContext context) throws IOException {
        String account = Account.of(context);
        Job job = answers.job(id, account);
        if (job.report() != null || job.comparison() != null) {
            throw new NotFoundException(); // it is in the job
        }
        return answers.jobs().outcome(id, account).map(AsyncAnswers::answer).orElseThrow(() -> new JobUnfinishedException(LOOK_AGAIN));
    }

    @DELETE
    @Blocking
    public void cancel(@PathParam("id") String id, @Context RoutingContext context) throws IOException {
        if (!answers.jobs().cancel(id, Account.of(context))) {
            throw new NotFoundException();
        }
    }
}
