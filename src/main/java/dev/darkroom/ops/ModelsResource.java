package dev.darkroom.ops;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.darkroom.http.InvalidQueryException;
import dev.darkroom.http.KeptJson;
import dev.darkroom.http.access.Requires;
import dev.darkroom.http.access.Role;
import dev.darkroom.inference.checkpoint.Calibration;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Task;
import dev.darkroom.model.store.Lease;
import dev.darkroom.model.store.ModelEntry;
import dev.darkroom.model.store.ModelState;
import dev.darkroom.model.store.ModelStore;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code /v1/models}: what the store has, and reloading it. */
@Path("/v1/models")
@Requires({Role.ENHANCE, Role.SCORE, Role.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
public class ModelsResource {
    private final ModelStore<TorchScriptCheckpoint> store;
    private final KeptJson json;

    ModelsResource(ModelStore<TorchScriptCheckpoint> store, KeptJson json) {
        this.store = store;
        this.json = json;
    }

    /**
     * One version in the listing.
     *
     * @param reason      why it failed, or why its new files were refused; or null
     * @param manifest    without its self-test, which is most of it; or null
     * @param calibration of a version that is ready; or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Model(String id, Task task, String loss, int version, String state, String reason,
            @JsonIgnoreProperties("selfTest") Manifest manifest, Calibration calibration) {

        static Model of(ModelEntry entry, Calibration calibration) {
            String reason = entry.state() instanceof ModelState.Failed failed ? failed.reason() : entry.refusal();
            CheckpointId id = entry.id();
            return new Model(id.toString(), id.task(), id.loss(), id.version(), entry.state().label(), reason, entry.manifest(), calibration);
        }
    }

    @GET
    public Response all(@QueryParam("task") String task, @QueryParam("state") String state, @Context Request request) {
        Optional<Task> wanted = given(task).map(name -> Task.find(name).orElseThrow(() -> new InvalidQueryException("task must be "
                + Stream.of(Task.values()).map(Task::pathName).collect(Collectors.joining(", ")))));
        Optional<String> label = given(state);
        label.filter(name -> !ModelState.labels().contains(name)).ifPresent(name -> {
            throw new InvalidQueryException("state must be " + String.join(", ", ModelState.labels()));
        });
        return json.answer(select(entry -> wanted.stream().allMatch(entry.id().task()::equals)
                && label.stream().allMatch(entry.state().label()::equals)).map(this::model).toList(), request);
    }

    @GET
    @Path("/{task}")
    public Response ofTask(@PathParam("task") String task, @Context Request request) {
        return found(id -> id.task() == task(task), request);
    }

    @GET
    @Path("/{task}/{loss}")
    public Response versions(@PathParam("task") String task, @PathParam("loss") String loss, @Context Request request) {
        return found(id -> id.task() == task(task) && id.loss().equals(loss), request);
    }

    @GET
    @Path("/{task}/{loss}/{version}")
    public Response version(@PathParam("task") String task, @PathParam("loss") String loss, @PathParam("version") int version, @Context Request request) {
        return json.answer(model(entry(task, loss, version)), request);
    }

    @GET
    @Path("/{task}/{loss}/{version}/self-test")
    public Response selfTest(@PathParam("task") String task, @PathParam("loss") String loss, @PathParam("version") int version, @Context Request request) {
        Manifest manifest = entry(task, loss, version).manifest();
        return json.answer(Optional.ofNullable(manifest).orElseThrow(NotFoundException::new).selfTest(), request);
    }

    @POST
    @Path("/reload")
    @Requires(Role.ADMIN)
    @Blocking
    public List<Model> reload() {
        return store.reload().stream().map(this::model).toList();
    }

    @POST
    @Path("/{task}/{loss}/{version}/load")
    @Requires(Role.ADMIN)
    @Blocking
    public Model load(@PathParam("task") String task, @PathParam("loss") String loss, @PathParam("version") int version) {
        return changed(task, loss, version, store::load);
    }

    @POST
    @Path("/{task}/{loss}/{version}/unload")
    @Requires(Role.ADMIN)
    @Blocking
    public Model unload(@PathParam("task") String task, @PathParam("loss") String loss, @PathParam("version") int version) {
        return changed(task, loss, version, store::unload);
    }

    private Model changed(String task, String loss, int version, Consumer<CheckpointId> change) {
        if (version < 1 || !CheckpointId.isLoss(loss)) {
            throw new NotFoundException();
        }
        change.accept(new CheckpointId(task(task), loss, version));
        return model(entry(task, loss, version));
    }

    private Response found(Predicate<CheckpointId> wanted, Request request) {
        List<Model> models = select(entry -> wanted.test(entry.id())).map(this::model).toList();
        if (models.isEmpty()) {
            throw new NotFoundException();
        }
        return json.answer(models, request);
    }

    private ModelEntry entry(String task, String loss, int version) {
        Task of = task(task);
        return select(entry -> entry.id().task() == of && entry.id().loss().equals(loss) && entry.id().version() == version)
                .findFirst().orElseThrow(NotFoundException::new);
    }

    private Stream<ModelEntry> select(Predicate<ModelEntry> wanted) {
        return store.list().stream().filter(wanted);
    }

    private Model model(ModelEntry entry) {
        Optional<Lease<TorchScriptCheckpoint>> ready = store.look(entry.id());
        if (ready.isEmpty()) {
            return Model.of(entry, null);
        }
        try (var lease = ready.get()) {
            return Model.of(entry, lease.checkpoint().calibration());
        }
    }

    private static Task task(String name) {
        return Task.find(name).orElseThrow(NotFoundException::new);
    }

    private static Optional<String> given(String text) {
        return Optional.ofNullable(text).filter(value -> !value.isEmpty());
    }
}
