package dev.darkroom.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.enhance.SmallStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the job does that brings an image's checkpoints to a volume. */
class FillStoreTest {
    private final Path image = SmallStore.copy();

    @TempDir
    Path volume;

    @BeforeEach
    void fill() throws Exception {
        assertThat(fillAgain()).isZero();
    }

    @Test
    void bringsEveryFile() throws IOException {
        try (var files = Files.walk(image)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(volume.resolve(image.relativize(file).toString())).hasSameBinaryContentAs(file);
            }
        }
    }

    @Test
    void completesWhatAnInterruptedCopyLeft() throws Exception {
        Path half = Path.of("dehaze/baseline/1/model.pt");
        byte[] whole = Files.readAllBytes(image.resolve(half));
        Files.write(volume.resolve(half), Arrays.copyOf(whole, whole.length / 2));
        Files.writeString(volume.resolve(half + ".part"), "an even older attempt");

        assertThat(fillAgain()).isZero();
        assertThat(Files.readAllBytes(volume.resolve(half))).isEqualTo(whole);
        assertThat(volume.resolve(half + ".part")).doesNotExist();
    }

    @Test
    void leavesWhatAnOperatorPutThere() throws Exception {
        Path own = Files.createDirectories(volume.resolve("denoise/own/1")).resolve("model.pt");
        Files.writeString(own, "ours");
        Files.writeString(volume.resolve("defaults.json"), "{\"denoise\":\"own\"}");
        Files.writeString(image.resolve("defaults.json"), "{}");

        assertThat(fillAgain()).isZero();
        assertThat(own).hasContent("ours");
        assertThat(volume.resolve("defaults.json")).hasContent("{\"denoise\":\"own\"}");
    }

    private int fillAgain() throws IOException, InterruptedException {
        return new ProcessBuilder("docker/fill-store", image.toString(), volume.toString()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }
}
