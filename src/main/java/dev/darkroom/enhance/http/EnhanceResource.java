package dev.darkroom.enhance.http;

import dev.darkroom.batching.Admission;
import dev.darkroom.enhance.EnhanceRequest;
import dev.darkroom.enhance.Enhancement;
import dev.darkroom.enhance.Enhancer;
import dev.darkroom.enhance.Pipeline;
import dev.darkroom.http.MissingPartException;
import dev.darkroom.http.Query;
import dev.darkroom.http.Upload;
import dev.darkroom.http.UploadLimit;
import dev.darkroom.http.access.Requires;
import dev.darkroom.http.access.Role;
import dev.darkroom.job.http.AsyncAnswers;
import dev.darkroom.model.Task;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
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
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** {@code POST /v1/{task}}: image in, restored image out. */
@Path("/v1/{task}")
@Produces(MediaType.WILDCARD) // EnhanceParameters reads Accept
@Requires(Role.ENHANCE)
public class EnhanceResource {
    private final Enhancer enhancer;
    private final UploadLimit limit;
    private final Admission admission;
    private final StepSpans spans;
    private final AsyncAnswers async;

    EnhanceResource(Pipeline pipeline, UploadLimit limit, StepSpans spans, AsyncAnswers async) {
        this.async = async;
        this.spans = spans;
        enhancer = pipeline.enhancer();
        admission = pipeline.admission();
        this.limit = limit;
    }

    @POST
    @Blocking
    @Consumes({"image/*", MediaType.APPLICATION_OCTET_STREAM, MediaType.WILDCARD})
    public Uni<Response> enhance(@PathParam("task") String task, InputStream image,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) @DefaultValue("-1") long length, @Context UriInfo uri, @Context RoutingContext context) throws IOException {
        EnhanceRequest request = request(task, uri, context);
        return answer(Upload.receive(image, length, limit, admission), request, "picture", uri, context);
    }

    @POST
    @Blocking
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Uni<Response> enhanceForm(@PathParam("task") String task, @RestForm("image") FileUpload image,
            @Context UriInfo uri, @Context RoutingContext context) throws IOException {
        EnhanceRequest request = request(task, uri, context);
        if (image == null) {
            throw new MissingPartException("the form has no file part named image");
        }
        return answer(Upload.of(image.uploadedFile(), limit, admission), request, image.fileName(), uri, context);
    }

    private static EnhanceRequest request(String task, UriInfo uri, RoutingContext context) {
        Task known = Task.find(task).orElseThrow(NotFoundException::new);
        return new EnhanceParameters(Query.of(uri), context.request().getHeader(HttpHeaders.ACCEPT)).request(known);
    }

    private Uni<Response> answer(Upload upload, EnhanceRequest request, String name, UriInfo uri, RoutingContext context) throws IOException {
        if (!async.wanted(context)) {
            return answer(upload, request, name);
        }
        try (upload) {
            return async.accept(context, request.task().pathName(), Query.of(uri), List.of(name), List.of(upload.bytes()));
        }
    }

    /** The client's disconnect cancels the Uni, and with it the work. */
    private Uni<Response> answer(Upload upload, EnhanceRequest request, String name) {
        StepSpans.Trace trace = spans.of(request.task());
        Enhancement enhancement = start(upload, request, trace);
        enhancement.result().whenComplete((result, failure) -> upload.close());
        return Uni.createFrom().completionStage(enhancement.result())
                .onFailure(CompletionException.class).transform(Throwable::getCause)
                .onCancellation().invoke(enhancement::cancel)
                .onItem().invoke(trace::answered)
                .onFailure().invoke(failure -> trace.failed(failure, enhancement.timing()))
                .map(result -> RestoredPicture.answer(result, request.task(), name));
    }

    private Enhancement start(Upload upload, EnhanceRequest request, StepSpans.Trace trace) {
        try {
            return enhancer.enhance(upload.file(), request);
        } catch (RuntimeException e) {
            trace.refused(e);
            upload.close();
            throw e;
        }
    }
}
