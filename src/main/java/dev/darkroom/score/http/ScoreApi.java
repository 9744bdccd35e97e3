package dev.darkroom.score.http;

import dev.darkroom.http.Problem;
import dev.darkroom.score.ScoreReport;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** {@code POST /v1/score} as clients see it; {@link ScoreResource} answers. */
@Path("/v1/score")
@SecurityRequirement(name = "key")
@SecurityRequirement(name = "token")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "score", description = "Measure pictures against a reference")
interface ScoreApi {

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(operationId = "score", summary = "Measure candidates against a reference", description = "All pictures must have the same "
            + "size, upright. Gray counts as RGB with three equal channels, 16-bit samples are divided by 65535, an alpha channel must be opaque. "
            + "Options of a metric are query parameters METRIC.OPTION=value, for example pdl.p=2. "
            + "A metric that cannot be computed carries its error in place and leaves the others alone.")
    @RequestBody(content = @Content(mediaType = MediaType.MULTIPART_FORM_DATA, schema = @Schema(type = SchemaType.OBJECT,
            requiredProperties = {"reference", "candidate"}, properties = {
                @SchemaProperty(name = "reference", type = SchemaType.STRING, format = "binary", description = "The reference: PNG, JPEG, WebP, TIFF or BMP."),
                @SchemaProperty(name = "candidate", type = SchemaType.ARRAY, implementation = FileUpload.class,
                        description = "What is measured: one or more images, each under its file name.")})))
    @APIResponse(responseCode = "200", description = "The values.", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = ScoreReport.class)))
    @APIResponse(responseCode = "400", description = "A parameter or metric is not known or allowed, or a part is missing.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "401", description = "No API key or token, or none that is valid here.", headers = @Header(name = "WWW-Authenticate", description = "Bearer.", schema = @Schema(type = SchemaType.STRING)), content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "403", description = "The caller lacks the role.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "413", description = "Too many bytes.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "415", description = "Not a form, or not an image format that is read.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "422", description = "Damaged, too many pixels, of different sizes, or transparent.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "429", description = "The queue is full, or the caller's allowance is spent; Retry-After says when it should have room.", headers = @Header(name = "Retry-After", description = "Seconds.", schema = @Schema(type = SchemaType.INTEGER)), content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "503", description = "Shutting down.", headers = @Header(name = "Retry-After", description = "Seconds.", schema = @Schema(type = SchemaType.INTEGER)), content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "504", description = "The deadline passed.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    Uni<ScoreReport> score(@BeanParam ScoreParameters parameters,
            @RestForm(FileUpload.ALL) @Schema(hidden = true) List<FileUpload> files) throws IOException;
}
