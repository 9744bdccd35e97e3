package dev.darkroom.ops;

import dev.darkroom.http.Problem;
import dev.darkroom.http.access.Requires;
import dev.darkroom.http.access.Role;
import dev.darkroom.inference.checkpoint.Calibration;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Task;
import dev.darkroom.model.store.ModelEntry;
import dev.darkroom.model.store.ModelNotReadyException;
import dev.darkroom.model.store.ModelState;
import dev.darkroom.model.store.ModelStore;
import dev.darkroom.model.store.UnknownModelException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /v1/models}: what the store has, and reloading it. */
@Path("/v1/models")
@Requires({Role.ENHANCE, Role.SCORE, Role.ADMIN})
@SecurityRequirement(name = "key")
@SecurityRequirement(name = "token")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "models", description = "The model store")
public class ModelsResource {
    private final ModelStore<TorchScriptCheckpoint> store;

    ModelsResource(ModelStore<TorchScriptCheckpoint> store) {
        this.store = store;
    }

    /** One version in the listing. */
    @Schema(name = "Model", description = "A version of a checkpoint and its state.")
    public record Model(String id, Task task, String loss, int version,
            @Schema(enumeration = {"loading", "ready", "draining", "failed", "unloaded"}) String state,
            @Schema(description = "Why it failed, or why its new files were refused.", nullable = true) String reason,
            @Schema(nullable = true) Manifest manifest,
            @Schema(description = "How long batches of square tiles take on the device.", nullable = true) Calibration calibration) {

        static Model of(ModelEntry entry, Calibration calibration) {
            String reason = entry.state() instanceof ModelState.Failed failed ? failed.reason() : entry.refusal();
            CheckpointId id = entry.id();
            return new Model(id.toString(), id.task(), id.loss(), id.version(), entry.state().label(), reason, entry.manifest(), calibration);
        }
    }

    @GET
    @Operation(operationId = "listModels", summary = "Every version in the store")
    public List<Model> all() {
        return select(id -> true);
    }

    @GET
    @Path("/{task}/{loss}")
    @Operation(operationId = "listVersions", summary = "Every version of one checkpoint")
    @APIResponse(responseCode = "200", description = "The versions.")
    @APIResponse(responseCode = "404", description = "There is none.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public List<Model> versions(@PathParam("task") @Parameter(schema = @Schema(implementation = Task.class)) String task,
            @PathParam("loss") String loss) {
        List<Model> found = select(id -> id.task() == task(task) && id.loss().equals(loss));
        if (found.isEmpty()) {
            throw new NotFoundException();
        }
        return found;
    }

    @GET
    @Path("/{task}/{loss}/{version}")
    @Operation(operationId = "getModel", summary = "One version")
    @APIResponse(responseCode = "200", description = "The version.")
    @APIResponse(responseCode = "404", description = "There is none.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Model version(@PathParam("task") @Parameter(schema = @Schema(implementation = Task.class)) String task,
            @PathParam("loss") String loss, @PathParam("version") int version) {
        return select(id -> id.task() == task(task) && id.loss().equals(loss) && id.version() == version).stream()
                .findFirst().orElseThrow(NotFoundException::new);
    }

    @POST
    @Path("/reload")
    @Requires(Role.ADMIN)
    @Blocking
    @Operation(operationId = "reloadModels", summary = "Bring the service in line with the store's folders",
            description = "New and changed versions go live only after their self-test; what fails leaves the old version serving.")
    @APIResponse(responseCode = "200", description = "The store after reloading.")
    @APIResponse(responseCode = "403", description = "The caller lacks the role admin.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public List<Model> reload() {
        return store.reload().stream().map(this::model).toList();
    }

    private List<Model> select(Predicate<CheckpointId> wanted) {
        return store.list().stream().filter(entry -> wanted.test(entry.id())).map(this::model).toList();
    }

    private Model model(ModelEntry entry) {
        if (!(entry.state() instanceof ModelState.Ready)) {
            return Model.of(entry, null);
        }
        CheckpointId id = entry.id();
        try (var lease = store.acquire(id.task(), ModelRequest.parse(id.loss() + "@" + id.version()))) {
            return Model.of(entry, lease.checkpoint().calibration());
        } catch (ModelNotReadyException | UnknownModelException e) {
            return Model.of(entry, null); // it has been unloaded meanwhile
        }
    }

    private static Task task(String name) {
        return Task.find(name).orElseThrow(NotFoundException::new);
    }
}
