package dev.darkroom.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.loss.Measures;
import dev.darkroom.loss.measure.Measure;
import dev.darkroom.loss.network.FeatureNetworks;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DiscriminatorsCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void whatItTrainsMeasuresPictures() throws IOException {
        Path photograph = TestPhotos.gradient(folder.resolve("photo.png"), 96, 64);

        assertThat(run("--task", "denoise", "--picture", photograph.toString(), "--steps", "2")).as(err.toString()).isZero();

        assertThat(out.toString().lines().filter(line -> line.startsWith("scale "))).hasSize(8);
        try (var networks = new FeatureNetworks(folder.resolve("features")); NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Measure own = Measures.named("mdf-own", Map.of("task", "denoise"), networks);
            NDArray picture = manager.randomUniform(0, 1, new Shape(1, 3, 32, 32));
            assertThat(own.compare(picture, picture).getFloat()).isZero();
            assertThat(own.compare(picture, picture.mul(0.5)).getFloat()).isPositive();
        }
    }

    @Test
    void equalSeedsTrainEqualDiscriminators() throws IOException {
        String photograph = TestPhotos.gradient(folder.resolve("photo.png"), 96, 64).toString();

        run("--task", "super-resolve", "--picture", photograph, "--steps", "2", "--seed", "5");
        List<String> first = installed();
        run("--task", "super-resolve", "--picture", photograph, "--steps", "2", "--seed", "6");
        List<String> other = installed();
        run("--task", "super-resolve", "--picture", photograph, "--steps", "2", "--seed", "5");

        assertThat(first).hasSize(1);
        assertThat(other).hasSize(1).isNotEqualTo(first);
        assertThat(installed()).isEqualTo(first);
    }

    @Test
    void tasksWithoutAnMdfAreRefused() throws IOException {
        Path photograph = TestPhotos.gradient(folder.resolve("photo.png"), 96, 64);

        assertThat(run("--task", "dehaze", "--picture", photograph.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("not for dehaze");
        assertThat(run("--task", "dejpeg", "--picture", folder.resolve("none.png").toString())).isEqualTo(1);
    }

    private int run(String... arguments) {
        String[] all = Stream.concat(Stream.of("--store", folder.toString()), Stream.of(arguments)).toArray(String[]::new);
        return new CommandLine(new DiscriminatorsCommand()).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(all);
    }

    private List<String> installed() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("features"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
