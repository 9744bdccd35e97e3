package dev.darkroom.inference;

import static dev.darkroom.inference.TestCheckpoints.UNIT;
import static dev.darkroom.inference.TestCheckpoints.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.inference.checkpoint.TileShape;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import dev.darkroom.inference.checkpoint.TorchScriptLoader;
import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Task;
import dev.darkroom.model.store.ModelEntry;
import dev.darkroom.model.store.ModelState;
import dev.darkroom.model.store.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model store with the loader that serves. */
class ModelStoreOnTheEngineTest {

    @TempDir
    Path root;

    @Test
    void listsEachBrokenVersionWithItsReasonAndServesTheSoundOne() throws IOException {
        put(1, file("brighten"), 0.75f);
        Files.writeString(put(2, file("brighten"), 0.75f).resolve("manifest.json"), "{\"task\": \"denoise\"\n, nonsense}");
        Files.copy(file("identity"), put(3, file("brighten"), 0.75f).resolve("model.pt"),
                StandardCopyOption.REPLACE_EXISTING);
        put(4, Files.writeString(root.resolve("text"), "not a network at all"), 0.75f);
        put(5, file("brighten"), 0.5f);
        put(6, hollow(), 0.75f);

        try (var store = new ModelStore<>(root, new TorchScriptLoader(TestCheckpoints.FLOAT32))) {
            Map<Integer, ModelState> states = store.reload().stream()
                    .collect(Collectors.toMap(entry -> entry.id().version(), ModelEntry::state));

            assertThat(states).hasSize(6);
            assertThat(states.get(1)).isInstanceOf(ModelState.Ready.class);
            assertThat(reason(states.get(2))).startsWith("denoise/baseline@2: manifest.json line 2: not JSON");
            assertThat(reason(states.get(3))).isEqualTo("model.pt does not have the sha256 of the manifest");
            assertThat(reason(states.get(4))).isEqualTo("model.pt is not TorchScript: it is no zip archive");
            assertThat(reason(states.get(5))).isEqualTo("self-test: the output differs by 0.25, more than 1.0e-06");
            assertThat(reason(states.get(6))).isEqualTo("the engine cannot load it as TorchScript");
            assertThat(restored(store)).containsExactly(15, 25, 35);
        }
    }

    private static int[] restored(ModelStore<TorchScriptCheckpoint> store) {
        var shape = new TileShape(1, 1, 3, 1);
        var tile = new SampleTile(shape, 5 / 255f, 1, 10, 20, 30);
        try (var lease = store.acquire(Task.DENOISE, ModelRequest.parse(null))) {
            assertThat(lease.id().version()).isOne();
            TestCheckpoints.run(TestCheckpoints.batchRun(), new TileKey(lease.checkpoint(), shape), List.of(tile));
        }
        return tile.restored;
    }

    /** @param output that the self-test expects of 0.5 with the condition 0.25 */
    private Path put(int version, Path model, float output) throws IOException {
        var id = new CheckpointId(Task.DENOISE, "baseline", version);
        Path folder = Files.createDirectories(root.resolve("denoise/baseline/" + version));
        Files.copy(model, folder.resolve("model.pt"));
        Manifest manifest = TestCheckpoints.manifest(id, model, UNIT, output);
        manifest.write(folder.resolve("manifest.json"));
        return folder;
    }

    /** An archive with the right names and nothing in it. */
    private Path hollow() throws IOException {
        Path file = root.resolve("hollow");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String name : List.of("m/data.pkl", "m/constants.pkl", "m/code/__torch__.py", "m/version")) {
                zip.putNextEntry(new ZipEntry(name));
            }
        }
        return file;
    }

    private static String reason(ModelState state) {
        return ((ModelState.Failed) state).reason();
    }
}
