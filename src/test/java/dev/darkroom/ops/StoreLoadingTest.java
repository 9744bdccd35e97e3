package dev.darkroom.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.enhance.EnhanceSettings;
import dev.darkroom.enhance.Instruments;
import dev.darkroom.enhance.Pipeline;
import dev.darkroom.inference.checkpoint.InferenceSettings;
import dev.darkroom.model.Precision;
import dev.darkroom.model.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreLoadingTest {
    private static final Path STORED = Path.of("src/test/resources/dev/darkroom/enhance/store/dejpeg/baseline/1");

    @TempDir
    Path folder;

    /** A volume that is mounted late: no folder at first, then an empty one, then one with a checkpoint. */
    @Test
    void looksAgainForAStoreThatIsMissingAtTheStart() {
        Path store = folder.resolve("store");
        List<Duration> pauses = new ArrayList<>();
        var settings = InferenceSettings.on("cpu", Optional.of(Precision.FLOAT32));
        try (var pipeline = Pipeline.open(store, settings, EnhanceSettings.defaults(), Instruments.none())) {
            new StoreLoading(pipeline, pause -> {
                pauses.add(pause);
                if (pauses.size() == 1) {
                    create(store);
                } else {
                    fill(store);
                }
                return true;
            }).load();

            assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
            assertThat(pipeline.store().list()).extracting(entry -> entry.id().task()).containsExactly(Task.DEJPEG);
        }
    }

    private static void create(Path store) {
        try {
            Files.createDirectories(store);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void fill(Path store) {
        Path version = store.resolve("dejpeg/baseline/1");
        create(version);
        for (String file : List.of("model.pt", "manifest.json")) {
            try {
                Files.copy(STORED.resolve(file), version.resolve(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
