package dev.darkroom.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.darkroom.loss.network.OwnDiscriminators;
import dev.darkroom.model.Task;
import dev.darkroom.train.network.TrainingException;
import dev.darkroom.train.photo.PhotoFile;
import dev.darkroom.train.photo.PhotoFileException;
import dev.darkroom.train.photo.Photograph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code darkroom discriminators}: trains what {@code mdf-own} compares pictures by, on one picture. */
@Command(name = "discriminators", mixinStandardHelpOptions = true,
        description = "Trains the eight discriminators of MDF for a task on a single picture, for the measure mdf-own.")
public final class DiscriminatorsCommand implements Callable<Integer> {
    @Option(names = "--task", required = true, description = "super-resolve, denoise or dejpeg.")
    private String task;

    @Option(names = "--picture", required = true, paramLabel = "FILE", description = "One natural photograph.")
    private Path picture;

    @Option(names = "--steps", defaultValue = "300", description = "At each of the eight scales: ${DEFAULT-VALUE}.")
    private int steps;

    @Option(names = "--seed", defaultValue = "1", description = "Of first weights and distortions: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--store", paramLabel = "DIR", defaultValue = "${env:DARKROOM_MODEL_STORE:-model-store}",
            description = "Model store whose features folder gets them: DARKROOM_MODEL_STORE, or model-store.")
    private Path store;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Task known = Task.find(task).orElseThrow(() -> new ParameterException(spec.commandLine(), "--task: there is no task " + task));
        if (steps < 1) {
            throw new ParameterException(spec.commandLine(), "--steps: at least 1");
        }
        try (NDManager owner = NDManager.newBaseManager("PyTorch")) {
            Photograph photograph = new PhotoFile(picture).read();
            Map<String, NDArray> weights = new SingleImageDiscriminators(known, steps, seed, spec.commandLine().getOut()::println)
                    .train(photograph.whole(), owner);
            spec.commandLine().getOut().println(OwnDiscriminators.install(store.resolve("features"), task, weights).getFileName());
            return ExitCode.OK;
        } catch (PhotoFileException | TrainingException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return ExitCode.SOFTWARE;
        }
    }
}
