package dev.darkroom.enhance.http;

import dev.darkroom.batching.Admission;
import dev.darkroom.enhance.EnhanceRequest;
import dev.darkroom.enhance.EnhanceResult;
import dev.darkroom.enhance.Enhancement;
import dev.darkroom.enhance.Enhancer;
import dev.darkroom.enhance.Pipeline;
import dev.darkroom.http.MissingPartException;
import dev.darkroom.http.Upload;
import dev.darkroom.http.UploadLimit;
import dev.darkroom.http.access.Requires;
import dev.darkroom.http.access.Role;
import dev.darkroom.model.Task;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** {@code POST /v1/{task}}: image in, restored image out. */
@Requires(Role.ENHANCE)
public class EnhanceResource implements EnhanceApi {
    private final Enhancer enhancer;
    private final UploadLimit limit;
    private final Admission admission;
    private final StepSpans spans;

    EnhanceResource(Pipeline pipeline, UploadLimit limit, StepSpans spans) {
        this.spans = spans;
        enhancer = pipeline.enhancer();
        admission = pipeline.admission();
        this.limit = limit;
    }

    @Override
    @Blocking
    public Uni<Response> enhance(String task, EnhanceParameters parameters, InputStream image, long length) throws IOException {
        EnhanceRequest request = parameters.request(task(task));
        return answer(Upload.receive(image, length, limit, admission), request);
    }

    @Override
    @Blocking
    public Uni<Response> enhanceForm(String task, EnhanceParameters parameters, FileUpload image) throws IOException {
        EnhanceRequest request = parameters.request(task(task));
        if (image == null) {
            throw new MissingPartException("the form has no file part named image");
        }
        return answer(Upload.of(image.uploadedFile(), limit, admission), request);
    }

    /** The client's disconnect cancels the Uni, and with it the work. */
    private Uni<Response> answer(Upload upload, EnhanceRequest request) {
        StepSpans.Trace trace = spans.of(request.task());
        Enhancement enhancement = start(upload, request, trace);
        enhancement.result().whenComplete((result, failure) -> upload.close());
        return Uni.createFrom().completionStage(enhancement.result())
                .onFailure(CompletionException.class).transform(Throwable::getCause)
                .onCancellation().invoke(enhancement::cancel)
                .onItem().invoke(trace::answered)
                .onFailure().invoke(failure -> trace.failed(failure, enhancement.timing()))
                .map(EnhanceResource::response);
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

    private static Response response(EnhanceResult result) {
        var response = Response.ok(result.image().bytes(), result.image().format().mediaType())
                .header("X-Darkroom-Model", result.checkpoint())
                .header("X-Darkroom-Device", result.device())
                .header("Server-Timing", result.timing().header());
        result.told().shaken().ifPresent(shaken -> response.header("X-Darkroom-Shake", shaken ? "found" : "none"));
        result.told().noise().ifPresent(noise -> response
                .header("X-Darkroom-Sigma", String.format(Locale.ROOT, "%.1f", noise.sigma255()))
                .header("X-Darkroom-Noise", String.format(Locale.ROOT, "luma=%.1f, chroma=%.1f", noise.levels().luma(), noise.levels().chroma())));
        if (!result.image().changed().isEmpty()) {
            response.header("X-Darkroom-Changed", String.join(", ", result.image().changed()));
        }
        return response.build();
    }

    private static Task task(String name) {
        return Task.find(name).orElseThrow(NotFoundException::new);
    }
}
