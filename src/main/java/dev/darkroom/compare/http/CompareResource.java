package dev.darkroom.compare.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.batching.Hold;
import dev.darkroom.compare.CompareRequest;
import dev.darkroom.compare.Comparer;
import dev.darkroom.compare.Comparison;
import dev.darkroom.enhance.http.Precedence;
import dev.darkroom.http.Query;
import dev.darkroom.http.access.Requires;
import dev.darkroom.http.access.Role;
import dev.darkroom.http.access.RoleCheck;
import dev.darkroom.http.body.Answer;
import dev.darkroom.http.body.Form;
import dev.darkroom.http.body.Upload;
import dev.darkroom.job.http.AsyncAnswers;
import dev.darkroom.model.Task;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** {@code POST /v1/compare/{task}}: one picture by several checkpoints, measured if the original comes with it. */
@Path("/v1/compare/{task}")
@Produces(MediaType.WILDCARD) // CompareForm reads Accept
@Requires(Role.ENHANCE)
public class CompareResource {
    private final Comparer comparer;
    private final AsyncAnswers async;
    private final ObjectMapper json;

    CompareResource(Comparer comparer, AsyncAnswers async, ObjectMapper json) {
        this.comparer = comparer;
        this.async = async;
        this.json = json;
    }

    @POST
    @Blocking
    @Consumes({"image/*", MediaType.APPLICATION_OCTET_STREAM, MediaType.WILDCARD})
    public Uni<Response> compare(@PathParam("task") String task, @Context UriInfo uri, @Context RoutingContext context) throws IOException {
        CompareForm form = form(context);
        CompareRequest request = request(task, form, false, uri, context);
        boolean later = async.wanted(context); // what can be refused is, before the upload is taken
        return answer(later, Pair.of(Upload.takenFrom(context), "picture"), request, form, uri, context);
    }

    @POST
    @Blocking
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Uni<Response> compareForm(@PathParam("task") String task, @Context UriInfo uri, @Context RoutingContext context) throws IOException {
        Form parts = Form.of(context);
        Form.File image = parts.file("image");
        Optional<Form.File> reference = parts.files().stream().filter(part -> part.name().equals("reference")).findFirst();
        if (reference.isPresent()) {
            RoleCheck.require(context, Role.SCORE);
        }
        CompareForm form = form(context);
        CompareRequest request = request(task, form, reference.isPresent(), uri, context);
        boolean later = async.wanted(context);
        return answer(later, Pair.of(Upload.takenFrom(context), image, reference), request, form, uri, context);
    }

    private static CompareForm form(RoutingContext context) {
        return CompareForm.of(context.request().getHeader(HttpHeaders.ACCEPT));
    }

    private CompareRequest request(String task, CompareForm form, boolean reference, UriInfo uri, RoutingContext context) {
        Task known = Task.find(task).orElseThrow(NotFoundException::new);
        return new CompareParameters(Query.of(uri), form).request(known, reference, comparer.networks()).standing(Precedence.of(context));
    }

    private Uni<Response> answer(boolean later, Pair pair, CompareRequest request, CompareForm form, UriInfo uri, RoutingContext context)
            throws IOException {
        if (!later) {
            return answer(pair, request, form, context);
        }
        try (pair) {
            return async.accept(context, CompareJobs.name(request.restoring().first().task()), Query.of(uri), pair.names(), pair.files());
        }
    }

    /** The work ends with the request, and the answer is left with it: a Uni forgets what arrives while its client hangs up. */
    private Uni<Response> answer(Pair pair, CompareRequest request, CompareForm form, RoutingContext context) {
        Comparison comparison = start(pair, request.arrived(pair.image().arrivedNanoTime()));
        comparison.released().whenComplete((done, failure) -> pair.close());
        Answer.afterwards(context, comparison::cancel);
        return Uni.createFrom().completionStage(comparison.result().thenApply(compared -> response(compared, form, context)))
                .onFailure(CompletionException.class).transform(Throwable::getCause);
    }

    /** The pictures go when they are in the answer, and that is on the books until it has been sent. */
    private Response response(Comparison.Compared compared, CompareForm form, RoutingContext context) {
        try (compared) {
            CompareAnswer answer = CompareAnswer.of(compared, form, json);
            Answer.afterwards(context, answer.body()::close);
            Hold memory = comparer.admission().hold(answer.body().size());
            var response = Response.ok(Answer.to(context, answer.body(), memory));
            answer.headers().forEach(response::header);
            return response.build();
        }
    }

    private Comparison start(Pair pair, CompareRequest request) {
        try {
            return comparer.compare(pair.picture(), pair.reference(), request);
        } catch (Throwable e) {
            pair.close();
            throw e;
        }
    }
}
