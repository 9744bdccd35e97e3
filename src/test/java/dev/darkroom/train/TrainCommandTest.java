package dev.darkroom.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.Device;
import dev.darkroom.train.network.TrainableNetwork;
import dev.darkroom.train.network.TrainingException;
import dev.darkroom.train.photo.Photograph;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class TrainCommandTest {
    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();
    private Path data;

    @BeforeEach
    void makeAStoreWithTheTinyArchitecture() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        Path tiny = Files.createDirectories(folder.resolve("store/architectures/denoiser"));
        for (String file : List.of("model.pt", "architecture.json")) {
            Files.copy(Path.of("src/test/resources/dev/darkroom/train/tiny", file), tiny.resolve(file));
        }
    }

    @Test
    void makesACheckpointFromAFolder() {
        for (int number = 0; number < 4; number++) {
            Scenes.write(data.resolve(number + ".png"), 64, 64, number);
        }

        assertThat(execute("--steps", "3")).isZero();

        assertThat(folder.resolve("store/denoise/baseline/1/manifest.json")).content().contains("\"steps\" : 3", "--seed 1", "\"photos\" : 4");
        assertThat(folder.resolve("store/denoise/baseline/1/model.pt")).isRegularFile();
    }

    @Test
    void withoutAStepItPutsWeightsIntoAnArchitectureAsTheyAre() throws IOException {
        for (int number = 0; number < 4; number++) {
            Scenes.write(data.resolve(number + ".png"), 64, 64, number);
        }
        assertThat(execute("--steps", "3")).isZero();

        assertThat(execute("--steps", "0", "--loss", "same", "--from", "denoise/baseline@1", "--run", folder.resolve("none").toString())).as(err.toString()).isZero();

        assertThat(folder.resolve("store/denoise/same/1/manifest.json")).content().contains("\"steps\" : 0", "\"checkpoint\" : \"denoise/baseline@1\"");
        try (var before = new TrainableNetwork(folder.resolve("store/denoise/baseline/1/model.pt"), Device.cpu());
                var after = new TrainableNetwork(folder.resolve("store/denoise/same/1/model.pt"), Device.cpu())) {
            assertThat(after.weights()).hasSameSizeAs(before.weights());
            after.weights().forEach((name, weight) ->
                    assertThat(weight.toFloatArray()).as(name).isEqualTo(before.weights().get(name).toFloatArray()));
        }
    }

    @Test
    void minimisesTermsBesideThePixels() {
        for (int number = 0; number < 4; number++) {
            Scenes.write(data.resolve(number + ".png"), 64, 64, number);
        }

        assertThat(execute("--steps", "3", "--loss", "sharp", "--psnr-from", "1", "--term", "ssim=0.25")).as(err.toString()).isZero();

        assertThat(folder.resolve("store/denoise/sharp/1/manifest.json")).content()
                .contains("l1 + 0.25 ssim", "\"ssim\" : 0.25", "--psnr-from 1.0 --term ssim=0.25");
    }

    @Test
    void weighsTermsByThePixelsLossOnRequest() throws IOException {
        for (int number = 0; number < 4; number++) {
            Scenes.write(data.resolve(number + ".png"), 64, 64, number);
        }

        assertThat(execute("--steps", "3", "--loss", "even", "--psnr-from", "1", "--balanced", "--term=l1=0.5", "--term", "mse=0.5")).as(err.toString()).isZero();

        String manifest = Files.readString(folder.resolve("store/denoise/even/1/manifest.json"));
        assertThat(manifest).contains("--balanced --term l1=0.5 --term mse=0.5", "\"l1\" : 0.5,");
        // Errors are far below 1, and their squares further still.
        assertThat(Double.parseDouble(manifest.replaceAll("(?s).*\"mse\" : ([0-9.]+).*", "$1"))).isBetween(0.6, 50.0);
    }

    @ParameterizedTest
    @CsvSource({"vibes, no measure is called 'vibes'", "lpips, darkroom features install"})
    void saysWhatATermLacks(String measure, String reason) {
        for (int number = 0; number < 4; number++) {
            Scenes.write(data.resolve(number + ".png"), 64, 64, number);
        }

        assertThat(execute("--steps", "3", "--term", measure + "=1")).isEqualTo(1);

        assertThat(err.toString()).contains(reason);
    }

    @Test
    void leavesOutWhatCannotBeReadOrIsTooSmall() throws IOException {
        Scenes.write(data.resolve("good.png"), 64, 64, 1);
        Scenes.write(data.resolve("small.png"), 64, 20, 1);
        Files.writeString(data.resolve("broken.jpg"), "not a picture");
        Files.writeString(data.resolve("notes.txt"), "not meant as a picture");
        List<String> warnings = new ArrayList<>();

        List<Photograph> photographs = PhotoFolder.read(data, 32, 0, warnings::add);

        assertThat(photographs).extracting(Photograph::name).containsExactly("good.png");
        assertThat(warnings).hasSize(2).anyMatch(warning -> warning.contains("broken.jpg")).anyMatch(warning -> warning.contains("64x20"));
    }

    @Test
    void refusesAFolderWithoutPhotographs() {
        assertThat(execute()).isEqualTo(1);
        assertThat(err.toString()).contains("no photograph of at least 32 pixels");
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> PhotoFolder.read(data.resolve("absent"), 32, 0, warning -> { }))
                .withMessageContaining("is not a folder");
    }

    @Test
    void refusesToHoldOutAllPhotographs() {
        Scenes.write(data.resolve("1.png"), 64, 64, 1);
        Scenes.write(data.resolve("2.png"), 64, 64, 2);

        assertThat(execute()).isEqualTo(1);
        assertThat(err.toString()).contains("too few to hold 2 of them out");
    }

    @Test
    void refusesARunFolderThatCannotBeMade() throws IOException {
        for (int number = 0; number < 4; number++) {
            Scenes.write(data.resolve(number + ".png"), 64, 64, number);
        }
        Files.writeString(folder.resolve("run"), "in the way");

        assertThat(execute()).isEqualTo(1);
        assertThat(err.toString()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({"--task,colour", "--scale,3", "--loss,a/b", "--term,pdl=0", "--term,pdl=NaN", "--term,pdl", "--option,pdl.p=2", "--batch,0", "--crop,33", "--minutes,0", "--steps,-1", "--precision,int8", "--device,cuda:99", "--steps,x"})
    void refusesOptionsThatMakeNoSense(String option, String value) {
        assertThat(execute(option, value)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains(option);
    }

    private int execute(String... more) {
        List<String> arguments = new ArrayList<>(List.of("--data", data.toString(), "--store", folder.resolve("store").toString(),
                "--run", folder.resolve("run").toString(), "--crop", "32", "--held-out", "2", "--precision", "float32"));
        for (int i = 0; i < more.length; i += 2) {
            int at = arguments.indexOf(more[i]);
            if (at >= 0) {
                arguments.set(at + 1, more[i + 1]);
            } else {
                arguments.addAll(List.of(more[i], more[i + 1]));
            }
        }
        return new CommandLine(new TrainCommand()).setErr(new PrintWriter(err, true)).execute(arguments.toArray(String[]::new));
    }
}
