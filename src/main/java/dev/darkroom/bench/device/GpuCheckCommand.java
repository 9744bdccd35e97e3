package dev.darkroom.bench.device;

import dev.darkroom.batching.BatchingEvents;
import dev.darkroom.bench.Environment;
import dev.darkroom.bench.engine.Configuration;
import dev.darkroom.bench.engine.DeviceMemory;
import dev.darkroom.bench.load.Bench;
import dev.darkroom.bench.load.MemoryWatch;
import dev.darkroom.bench.load.ResidentMemory;
import dev.darkroom.bench.picture.Album;
import dev.darkroom.bench.picture.Mix;
import dev.darkroom.bench.picture.Scene;
import dev.darkroom.bench.report.Report;
import dev.darkroom.enhance.EnhanceRequest;
import dev.darkroom.enhance.EnhanceSettings;
import dev.darkroom.enhance.Instruments;
import dev.darkroom.enhance.Pipeline;
import dev.darkroom.enhance.StepRequest;
import dev.darkroom.inference.DeviceHook;
import dev.darkroom.inference.checkpoint.InferenceSettings;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import dev.darkroom.inference.device.Devices;
import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Precision;
import dev.darkroom.model.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code darkroom gpu-check}: what the service makes of a device, and whether that is what it should be. */
@Command(name = "gpu-check", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Measures the service on a CUDA device against the bare engine, in every precision and layout; its memory, and how it does without.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {" 0:every target that applies was met", " 1:a target was missed, or a measurement failed", " 2:no such device, or a wrong option"})
public final class GpuCheckCommand implements Callable<Integer> {
    private static final long REQUESTS_ON_CUDA = 10_000;
    private static final long REQUESTS_ON_CPU = 40;

    @Option(names = "--device", defaultValue = "cuda:0", description = "cuda:N, or cpu to try the command itself: ${DEFAULT-VALUE}.")
    private String device;

    @Option(names = "--seconds", defaultValue = "3", description = "How long a measurement takes, at least: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(names = "--parts", split = ",", paramLabel = "PART", description = "Some of ${COMPLETION-CANDIDATES}, comma-separated. Default: all.")
    private Set<Part> parts = EnumSet.allOf(Part.class);

    @Option(names = "--precisions", split = ",", paramLabel = "PRECISION", description = "Some of ${COMPLETION-CANDIDATES}. Default: all that the checkpoint allows.")
    private Set<Precision> precisions = EnumSet.allOf(Precision.class);

    @Option(names = "--tiles", split = ",", paramLabel = "SIDE", description = "Sides of tiles. Default: the checkpoint's smallest, middle and largest.")
    private List<Integer> tiles;

    @Option(names = "--requests", paramLabel = "N", description = "Of mixed sizes, over which memory is watched. Default: " + REQUESTS_ON_CUDA + ", on a CPU " + REQUESTS_ON_CPU + ".")
    private Long requests;

    @Option(names = "--model", paramLabel = "TASK/LOSS[@VERSION]", defaultValue = "denoise/baseline", description = "Any but demosaic: ${DEFAULT-VALUE}.")
    private String model;

    @Option(names = "--store", paramLabel = "DIR", defaultValue = "${env:DARKROOM_MODEL_STORE:-model-store}", description = "Model store. Default: DARKROOM_MODEL_STORE, or model-store.")
    private Path store;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write all numbers here.")
    private Path json;

    @Spec
    private CommandSpec spec;

    private final Mix mix;

    /** The command as the launcher runs it. */
    public GpuCheckCommand() {
        this(Mix.standard());
    }

    GpuCheckCommand(Mix mix) {
        this.mix = mix;
    }

    @Override
    public Integer call() throws Exception {
        boolean cuda = requireDevice();
        var watch = new MemoryWatch();
        var memory = cuda ? Optional.of(new DeviceMemory(device)) : Optional.<DeviceMemory>empty();
        var inference = InferenceSettings.on(device, Optional.empty());
        var report = new Report(spec.commandLine().getOut(), Optional.ofNullable(json));
        Task task = task();
        ModelRequest wanted = loss();
        try (var album = Album.of(mix, Scene::picture, 1);
                var pipeline = Pipeline.open(store, inference, patient(), new Instruments(watch, BatchingEvents.NONE, DeviceHook.none()))) {
            pipeline.store().reload(id -> id.task() == task);
            try (var lease = pipeline.store().acquire(task, wanted)) {
                var bench = new Bench(pipeline, lease.checkpoint(), inference, request(lease.checkpoint().manifest()), album,
                        Duration.ofNanos((long) (seconds * 1e9)), 1);
                report.add("environment", Environment.of(bench, "made up"));
                report.add("device", DeviceFacts.of(device, lease.checkpoint()));
                var check = new DeviceCheck(parts, configurations(lease.checkpoint(), cuda), sides(lease.checkpoint().manifest()),
                        requests == null ? cuda ? REQUESTS_ON_CUDA : REQUESTS_ON_CPU : requests,
                        () -> memory.map(m -> m.usedBytes() / 1e6).orElseGet(ResidentMemory::megabytes),
                        memory.map(m -> m::leaving), watch, cuda);
                return check.run(bench, file(lease.checkpoint().id()), report) ? 0 : 1;
            }
        }
    }

    /** @return whether it is a CUDA device */
    private boolean requireDevice() {
        if (seconds <= 0 || requests != null && requests < 1 || tiles != null && tiles.stream().anyMatch(side -> side < 1)) {
            throw refusal("--seconds, --requests and --tiles must be positive");
        }
        if (device.contains(",") || device.equals("auto")) {
            throw refusal("--device: name one device, such as cuda:0");
        }
        try {
            return !Devices.names(device).get(0).equals("cpu");
        } catch (IllegalArgumentException e) {
            throw refusal("--device: " + e.getMessage() + " (docs/gpu.md says what the engine needs to find one)");
        }
    }

    private Task task() {
        Task task = Task.find(model.split("/", 2)[0]).orElseThrow(() -> refusal("--model: there is no such task"));
        if (task == Task.DEMOSAIC) {
            throw refusal("--model: pictures are in colour here; demosaic wants mosaics");
        }
        return task;
    }

    private ModelRequest loss() {
        try {
            return ModelRequest.parse(model.contains("/") ? model.split("/", 2)[1] : null);
        } catch (RuntimeException e) {
            throw refusal("--model: TASK/LOSS[@VERSION]");
        }
    }

    private static EnhanceRequest request(Manifest manifest) {
        OptionalDouble scale = manifest.task() == Task.SUPER_RESOLVE ? OptionalDouble.of(manifest.scale()) : OptionalDouble.empty();
        var exactly = new ModelRequest.Exactly(manifest.loss(), manifest.version());
        return EnhanceRequest.of(new StepRequest(manifest.task(), exactly, OptionalDouble.empty(), scale, Optional.empty(), 1));
    }

    private List<Configuration> configurations(TorchScriptCheckpoint checkpoint, boolean cuda) {
        return Configuration.of(checkpoint.manifest().precisions().stream().filter(precisions::contains).toList(), cuda);
    }

    private List<Integer> sides(Manifest manifest) {
        if (tiles != null) {
            return tiles.stream().map(side -> side / manifest.sizeMultiple() * manifest.sizeMultiple()).filter(side -> side > 0).toList();
        }
        List<Integer> all = List.copyOf(new TreeSet<>(manifest.tiles()));
        return IntStream.of(0, all.size() / 2, all.size() - 1).distinct().mapToObj(all::get).toList();
    }

    private Path file(CheckpointId id) {
        return store.resolve(id.task().toString()).resolve(id.loss()).resolve(String.valueOf(id.version())).resolve("model.pt");
    }

    /** No picture of a closed loop is given up. */
    private static EnhanceSettings patient() {
        EnhanceSettings defaults = EnhanceSettings.defaults();
        return new EnhanceSettings(defaults.limits(), defaults.capacity(), Duration.ofHours(1), defaults.codecThreads());
    }

    private ParameterException refusal(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
