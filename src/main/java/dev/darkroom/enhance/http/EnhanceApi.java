package dev.darkroom.enhance.http;

import dev.darkroom.http.Problem;
import dev.darkroom.model.Task;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** {@code POST /v1/{task}} as clients see it; {@link EnhanceResource} answers. */
@Path("/v1/{task}")
@Produces({"image/png", "image/jpeg", "image/webp", "image/tiff", Problem.MEDIA_TYPE})
@SecurityRequirement(name = "key")
@SecurityRequirement(name = "token")
@Tag(name = "enhance", description = "Restore photographs")
@APIResponse(responseCode = "200", description = "The restored image.", headers = {
    @Header(name = "X-Darkroom-Model", description = "The checkpoint and its hash.", schema = @Schema(type = SchemaType.STRING)),
    @Header(name = "X-Darkroom-Device", description = "Device and precision.", schema = @Schema(type = SchemaType.STRING)),
    @Header(name = "X-Darkroom-Sigma", description = "The level of white noise that the checkpoint was told, given or estimated; 0 for noise of another kind; absent if it does not ask.", schema = @Schema(type = SchemaType.NUMBER)),
    @Header(name = "X-Darkroom-Shake", description = "found, or none: then the picture comes back as it is; absent if the checkpoint does not ask for a shake."),
    @Header(name = "X-Darkroom-Noise", description = "The levels of noise of any kind, as a dictionary of RFC 8941: standard deviations of luma and of chroma in the file, 0 to 255; absent if the checkpoint does not ask for noise."),
    @Header(name = "X-Darkroom-Changed", description = "What could not be kept: alpha, bit-depth, cmyk, grayscale, icc, metadata.", schema = @Schema(type = SchemaType.STRING)),
    @Header(name = "Server-Timing", description = "Milliseconds of admit, decode, estimate, queue, infer and encode; tiles and batches.", schema = @Schema(type = SchemaType.STRING))
}, content = {
    @Content(mediaType = "image/png", schema = @Schema(type = SchemaType.STRING, format = "binary")),
    @Content(mediaType = "image/jpeg", schema = @Schema(type = SchemaType.STRING, format = "binary")),
    @Content(mediaType = "image/webp", schema = @Schema(type = SchemaType.STRING, format = "binary")),
    @Content(mediaType = "image/tiff", schema = @Schema(type = SchemaType.STRING, format = "binary"))})
@APIResponse(responseCode = "400", description = "A parameter is not allowed, or is another task's.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(responseCode = "401", description = "No API key or token, or none that is valid here.", headers = @Header(name = "WWW-Authenticate", description = "Bearer.", schema = @Schema(type = SchemaType.STRING)), content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(responseCode = "403", description = "The caller lacks the role.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(responseCode = "404", description = "Unknown task or model; a model without the scale that is asked for.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(responseCode = "406", description = "Accept names no format that is written.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(responseCode = "413", description = "Too many bytes.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(responseCode = "415", description = "Not an image format that is read.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(responseCode = "422", description = "Damaged, too many pixels, or unfit for the task: a colour picture to demosaic.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(responseCode = "429", description = "The queue is full, or the caller's allowance is spent; Retry-After says when it should have room.", headers = @Header(name = "Retry-After", description = "Seconds.", schema = @Schema(type = SchemaType.INTEGER)), content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(responseCode = "503", description = "Starting or shutting down.", headers = @Header(name = "Retry-After", description = "Seconds.", schema = @Schema(type = SchemaType.INTEGER)), content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(responseCode = "504", description = "The deadline passed.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
interface EnhanceApi {

    @POST
    @Consumes({"image/*", MediaType.APPLICATION_OCTET_STREAM, MediaType.WILDCARD})
    @Operation(operationId = "enhance", summary = "Enhance an image",
            description = "The body is the image file itself. Its format is decided by its bytes, never by a header. "
                    + "demosaic takes one channel of 8 or 16 bits as PNG or TIFF and answers in colour; every other task keeps what the picture has.")
    Uni<Response> enhance(
            @PathParam("task") @Parameter(schema = @Schema(implementation = Task.class)) String task,
            @BeanParam EnhanceParameters parameters,
            @RequestBody(description = "The image file: PNG, JPEG, WebP, TIFF or BMP.",
                    content = @Content(mediaType = "application/octet-stream", schema = @Schema(type = SchemaType.STRING, format = "binary"))) InputStream image,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) @DefaultValue("-1") @Parameter(hidden = true) long length)
            throws IOException;

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(operationId = "enhanceForm", summary = "Enhance an image", description = "The image file is the form's part named image.")
    @RequestBody(content = @Content(mediaType = MediaType.MULTIPART_FORM_DATA, schema = @Schema(type = SchemaType.OBJECT, requiredProperties = "image",
            properties = @SchemaProperty(name = "image", type = SchemaType.STRING, format = "binary", description = "The image file."))))
    Uni<Response> enhanceForm(
            @PathParam("task") @Parameter(schema = @Schema(implementation = Task.class)) String task,
            @BeanParam EnhanceParameters parameters,
            @RestForm("image") FileUpload image)
            throws IOException;
}
