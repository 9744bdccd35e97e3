package dev.darkroom.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.enhance.EnhanceRequest;
import dev.darkroom.enhance.StepRequest;
import dev.darkroom.enhance.EnhanceResult;
import dev.darkroom.enhance.EnhanceSettings;
import dev.darkroom.enhance.Instruments;
import dev.darkroom.enhance.Pipeline;
import dev.darkroom.enhance.Scenes;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.inference.checkpoint.InferenceSettings;
import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Task;
import dev.darkroom.model.store.ModelEntry;
import dev.darkroom.model.store.ModelState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * One network of random weights of each of many architectures is imported and enhances a picture: minutes, and a Python with PyTorch, so
 * only on demand, {@code mvn test -Dtest=ArchitecturesCheck}. {@code -Darchitectures=FOLDER} takes checkpoints that are there already,
 * called TASK-SCALE-NAME.pth.
 */
class ArchitecturesCheck {
    @TempDir
    Path folder;

    @Test
    void atLeastTenArchitecturesPassImportAndServe() throws Exception {
        Path python = PythonEnvironment.defaultFolder();
        Path store = folder.resolve("store");
        for (Path checkpoint : checkpoints(python)) {
            String[] name = checkpoint.getFileName().toString().replace(".pth", "").split("-(?=[124]-)|(?<=-[124])-");
            System.out.println("== " + checkpoint.getFileName());
            new CommandLine(new ImportCommand()).execute(checkpoint.toString(), "--task", name[0], "--scale", name[1], "--loss", name[2],
                    "--store", store.toString());
        }
        try (var pipeline = Pipeline.open(store, InferenceSettings.defaults(), EnhanceSettings.defaults(), Instruments.none())) {
            List<ModelEntry> entries = pipeline.store().reload();
            entries.forEach(entry -> System.out.println(entry.id() + " " + entry.state().label()));
            assertThat(entries).allMatch(entry -> entry.state() instanceof ModelState.Ready).hasSizeGreaterThanOrEqualTo(10);
            for (ModelEntry entry : entries) {
                serves(pipeline, entry);
            }
        }
    }

    private List<Path> checkpoints(Path python) throws IOException, InterruptedException {
        String given = System.getProperty("architectures");
        Path made = given == null ? folder : Path.of(given);
        if (given == null) {
            Process making = new ProcessBuilder(python.resolve("bin/python").toString(), "src/test/resources/dev/darkroom/adopt/architectures.py",
                    folder.toString()).inheritIO().start();
            assertThat(making.waitFor()).isZero();
        }
        try (Stream<Path> files = Files.list(made)) {
            return files.filter(file -> file.toString().endsWith(".pth")).sorted().toList();
        }
    }

    private static void serves(Pipeline pipeline, ModelEntry entry) {
        CheckpointId id = entry.id();
        OptionalDouble scale = id.task() == Task.SUPER_RESOLVE ? OptionalDouble.of(entry.manifest().scale()) : OptionalDouble.empty();
        var request = EnhanceRequest.of(new StepRequest(id.task(), ModelRequest.parse(id.loss()), OptionalDouble.empty(), scale, Optional.empty(), 1));
        EnhanceResult result = pipeline.enhancer().enhance(ByteBuffer.wrap(Scenes.file(Scenes.clean(150, 100, 3), ImageFormat.PNG)), request)
                .result().toCompletableFuture().join();
        assertThat(Pictures.probe(result.image().bytes()).width()).isEqualTo(150 * entry.manifest().scale());
        System.out.printf("%s: %s, %s%n", id, entry.manifest().architecture(), result.timing().header());
    }
}
