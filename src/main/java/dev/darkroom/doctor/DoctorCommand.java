package dev.darkroom.doctor;

import dev.darkroom.enhance.EnhanceSettings;
import dev.darkroom.enhance.Instruments;
import dev.darkroom.enhance.Pipeline;
import dev.darkroom.inference.checkpoint.InferenceSettings;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import dev.darkroom.inference.device.DeviceDescription;
import dev.darkroom.inference.device.Devices;
import dev.darkroom.inference.device.Processor;
import dev.darkroom.loss.network.FeatureNetworks;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Task;
import dev.darkroom.model.store.Lease;
import dev.darkroom.model.store.ModelEntry;
import dev.darkroom.model.store.ModelState;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code darkroom doctor}: what is found on this machine, and whether a checkpoint runs on it. */
@Command(name = "doctor", mixinStandardHelpOptions = true,
        description = "Says what is found here: Java, processor, engine, devices, checkpoints, weights of metrics; and tries the engine.")
public final class DoctorCommand implements Callable<Integer> {
    private static final List<String> FEATURES = List.of("vgg16", "alexnet", "squeezenet1_1");

    @Option(names = "--device", defaultValue = "auto", description = "auto, cpu or cuda:N: ${DEFAULT-VALUE}.")
    private String device;

    @Option(names = "--store", paramLabel = "DIR", defaultValue = "${env:DARKROOM_MODEL_STORE:-model-store}", description = "Model store. Default: DARKROOM_MODEL_STORE, or model-store.")
    private Path store;

    @Spec
    private CommandSpec spec;

    private boolean healthy = true;

    @Override
    public Integer call() {
        say("Java", "%s, %s", Runtime.version(), System.getProperty("java.vendor"));
        say("System", "%s %s, %s", System.getProperty("os.name"), System.getProperty("os.version"), System.getProperty("os.arch"));
        say("Processor", "%s, %d cores, heap of up to %d MB", Processor.name(), Processor.cores(), Runtime.getRuntime().maxMemory() >> 20);
        attempt("Devices", this::devices);
        attempt("Store", this::checkpoints);
        attempt("Metrics", this::features);
        return healthy ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void devices() {
        List<String> names = Devices.names(device);
        for (String name : names) {
            DeviceDescription found = DeviceDescription.of(name);
            say("Device", "%s: %s%s", name, found.name(), name.equals("cpu") ? "" : ", %.0f MB, driver %s, CUDA runtime %s"
                    .formatted(found.memoryMegabytes(), found.driver(), found.cudaRuntime()));
            say("Engine", "libtorch %s", found.libtorch());
        }
        if (Files.exists(Path.of("/dev/nvidia0")) && names.equals(List.of("cpu")) && !device.equals("cpu")) {
            complain("Device", "there is an NVIDIA GPU, but the engine sees none: docs/gpu.md says what it needs");
        }
    }

    /** Loads every task's default, each of which gives the same answer as where it was published, or is refused. */
    private void checkpoints() {
        if (!Files.isDirectory(store)) {
            complain("Store", "there is no folder %s", store);
            return;
        }
        try (var pipeline = Pipeline.open(store, InferenceSettings.on(device, Optional.empty()), EnhanceSettings.defaults(), Instruments.none())) {
            List<ModelEntry> entries = pipeline.store().reload(id -> id.loss().equals("baseline"));
            entries.stream().filter(entry -> entry.state() instanceof ModelState.Failed)
                    .forEach(entry -> complain("Store", "%s: %s", entry.id(), ((ModelState.Failed) entry.state()).reason()));
            for (Task task : Task.values()) {
                attempt(task.toString(), () -> checkpoint(pipeline, task));
            }
        }
    }

    private void checkpoint(Pipeline pipeline, Task task) {
        OptionalInt scale = task == Task.SUPER_RESOLVE ? OptionalInt.of(4) : OptionalInt.empty();
        try (Lease<TorchScriptCheckpoint> lease = pipeline.store().acquire(task, new ModelRequest.Default(), scale)) {
            say(task.toString(), "%s on %s", lease.id(), lease.checkpoint().device());
        }
    }

    private void features() {
        try (var networks = new FeatureNetworks(store.resolve("features"))) {
            List<String> missing = FEATURES.stream().filter(name -> !networks.has(name)).toList();
            say("Metrics", missing.isEmpty() ? "all weights are installed" : "without %s: ./darkroom features install brings those of LPIPS, DISTS, MDF and perceptual losses",
                    String.join(", ", missing));
        }
    }

    private void attempt(String what, Runnable look) {
        try {
            look.run();
        } catch (RuntimeException | LinkageError e) {
            complain(what, "%s", Stream.of(e.getMessage(), e.getClass().getSimpleName()).filter(text -> text != null && !text.isBlank()).findFirst().orElseThrow());
        }
    }

    private void say(String what, String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%-14s %s%n", what, String.format(format, values));
        out.flush();
    }

    private void complain(String what, String format, Object... values) {
        healthy = false;
        say(what, "! " + format, values);
    }
}
