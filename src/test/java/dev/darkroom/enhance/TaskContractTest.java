package dev.darkroom.enhance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.darkroom.inference.checkpoint.InferenceSettings;
import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Task;
import dev.darkroom.model.store.ModelEntry;
import dev.darkroom.model.store.ModelState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskContractTest {
    @TempDir
    Path store;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dehaze   | "red/p50"         | "red/p49"         | the service does not know the condition red/p49
            demosaic | "sigma/255"       | "shift"           | the service does not know the condition shift
            demosaic | "sizeMultiple": 2 | "sizeMultiple": 1 | demosaic needs an even sizeMultiple, the manifest has 1
            deblur   | "tiles": [ 128    | "tiles": [ 96     | tiles of 96 pixels with sizeMultiple 1 cannot be laid out in steps of 64
            """)
    void refusesWhileLoadingWhatCouldNotServe(String name, String found, String instead, String reason) throws IOException {
        Path manifest = put(name, 1, name);
        String text = Files.readString(manifest).replaceAll("\\s+", " ");
        assertThat(text).contains(found);
        Files.writeString(manifest, text.replace(found, instead));
        assertThat(failure()).startsWith(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            super-resolve | deblur        | deblur needs a scale of 1, the manifest has 2
            deblur        | super-resolve | super-resolve needs a scale of 2, 3 or 4, the manifest has 1
            dejpeg        | demosaic      | demosaic needs 1 channels in and 3 out, the manifest has 3 and 3
            demosaic      | dehaze        | dehaze needs 3 channels in and 3 out, the manifest has 1 and 3
            """)
    void refusesANetworkThatIsMadeForAnotherTask(String made, String used, String reason) throws IOException {
        Path manifest = put(made, made.equals("super-resolve") ? 2 : 1, used);
        Files.writeString(manifest, Files.readString(manifest).replace(made, used));
        assertThat(failure()).isEqualTo(reason);
    }

    /** @return its manifest */
    private Path put(String made, int version, String used) {
        return SmallStore.copy(SmallStore.ORIGINAL.resolve(made + "/baseline/" + version), store.resolve(used + "/baseline/" + version))
                .resolve("manifest.json");
    }

    private String failure() {
        var inference = InferenceSettings.on("cpu", Optional.empty());
        try (Pipeline pipeline = Pipeline.open(store, inference, EnhanceSettings.defaults(), Instruments.none())) {
            List<ModelEntry> entries = pipeline.store().reload();
            assertThat(entries).hasSize(1);
            return ((ModelState.Failed) entries.get(0).state()).reason();
        }
    }

    @Test
    void isKeptByEveryCheckpointOfTheStore() throws IOException {
        try (var files = Files.find(Path.of("model-store"), 4, (file, attributes) -> file.endsWith("manifest.json"))) {
            for (Path file : files.toList()) {
                Path version = file.getParent();
                var id = new CheckpointId(Task.find(version.getParent().getParent().getFileName().toString()).orElseThrow(),
                        version.getParent().getFileName().toString(), Integer.parseInt(version.getFileName().toString()));
                assertThatCode(() -> TaskContract.check(Manifest.read(id, file))).as("%s", id).doesNotThrowAnyException();
            }
        }
    }
}
