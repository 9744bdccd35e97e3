package dev.darkroom.enhance.http;

import dev.darkroom.batching.Admission;
import dev.darkroom.enhance.EnhanceRequest;
import dev.darkroom.enhance.EnhanceResult;
import dev.darkroom.enhance.Enhancement;
import dev.darkroom.enhance.Enhancer;
import dev.darkroom.http.FileName;
import dev.darkroom.http.Query;
import dev.darkroom.http.access.Requires;
import dev.darkroom.http.access.Role;
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
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** {@code POST /v1/{task}}: image in, restored image out; {@code /v1/restore} takes several tasks. */
@Path("/v1/{task}")
@Produces(MediaType.WILDCARD) // EnhanceParameters reads Accept
@Requires(Role.ENHANCE)
public class EnhanceResource {
    /** In the place of a task, for several of them. */
    static final String STEPS = "restore";

    private final Enhancer enhancer;
    private final Admission admission;
    private final StepSpans spans;
    private final AsyncAnswers async;

    EnhanceResource(Enhancer enhancer, Admission admission, StepSpans spans, AsyncAnswers async) {
        this.admission = admission;
        this.async = async;
        this.spans = spans;
        this.enhancer = enhancer;
    }

    @POST
    @Blocking
    @Consumes({"image/*", MediaType.APPLICATION_OCTET_STREAM, MediaType.WILDCARD})
    public Uni<Response> enhance(@PathParam("task") String task, @Context UriInfo uri, @Context RoutingContext context) throws IOException {
        EnhanceRequest request = request(task, uri, context);
        boolean later = async.wanted(context); // what can be refused is, before the upload is taken
        return answer(later, Upload.takenFrom(context), task, request, "picture", uri, context);
    }

    @POST
    @Blocking
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Uni<Response> enhanceForm(@PathParam("task") String task, @Context UriInfo uri, @Context RoutingContext context) throws IOException {
        EnhanceRequest request = request(task, uri, context);
        Form.File image = Form.of(context).file("image");
        boolean later = async.wanted(context);
        return answer(later, Upload.takenFrom(context).only(image.bytes()), task, request, FileName.base(image.fileName(), "picture"), uri, context);
    }

    private static EnhanceRequest request(String task, UriInfo uri, RoutingContext context) {
        var parameters = new EnhanceParameters(Query.of(uri), context.request().getHeader(HttpHeaders.ACCEPT));
        EnhanceRequest request = task.equals(STEPS) ? parameters.requestOfSteps()
                : parameters.request(Task.find(task).orElseThrow(NotFoundException::new));
        return request.standing(Precedence.of(context));
    }

    private Uni<Response> answer(boolean later, Upload upload, String task, EnhanceRequest request, String name, UriInfo uri, RoutingContext context)
            throws IOException {
        if (!later) {
            return answer(upload, task, request, name, new EnhanceParameters(Query.of(uri), null), context);
        }
        try (upload) {
            return async.accept(context, task, Query.of(uri), List.of(name), List.of(upload.file()));
        }
    }

    /** The work ends with the request, and the result is left with it: a Uni forgets what arrives while its client hangs up. */
    private Uni<Response> answer(Upload upload, String task, EnhanceRequest request, String name, EnhanceParameters parameters, RoutingContext context) {
        StepSpans.Trace trace = spans.of(task);
        Enhancement enhancement = start(upload, request, parameters, trace);
        Answer.afterwards(context, enhancement::cancel);
        CompletionStage<Response> answer = enhancement.result().thenApply(result -> {
            Response response = RestoredPicture.answer(result, task, name, context);
            trace.answered(result);
            return response;
        });
        return Uni.createFrom().completionStage(answer)
                .onFailure(CompletionException.class).transform(Throwable::getCause)
                .onFailure().invoke(failure -> trace.failed(failure, enhancement.timing()));
    }

    private Enhancement start(Upload sent, EnhanceRequest request, EnhanceParameters parameters, StepSpans.Trace trace) {
        Upload upload = sent;
        try {
            upload = parameters.wanted(sent, admission);
            Enhancement enhancement = enhancer.enhanceAndHold(upload.file(), request.arrived(sent.arrivedNanoTime()));
            Upload used = upload;
            enhancement.released().thenRun(used::close);
            return enhancement;
        } catch (Throwable e) {
            trace.refused(e);
            upload.close();
            throw e;
        }
    }
}
