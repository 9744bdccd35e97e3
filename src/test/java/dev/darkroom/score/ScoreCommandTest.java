package dev.darkroom.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.image.file.ImageFormat;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command line on files and folders. */
class ScoreCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private Path clean;
    private Path noisy;

    @BeforeEach
    void writePictures() throws IOException {
        clean = write("clean.png", Flat.flat(100, 40, 32));
        noisy = write("noisy.png", Flat.flat(110, 40, 32));
    }

    @Test
    void writesATableWithReasonsForWhatIsMissing() {
        assertThat(run(clean, noisy, clean, "--metrics", "psnr,l1,ms-ssim,lpips")).isZero();

        assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ").replace(folder + "/", "")))
                .containsExactly("reference candidate psnr l1 ms-ssim lpips score rank",
                        "clean.png noisy.png 28.1308 0.0392 - - - -",
                        "clean.png clean.png Infinity 0.0000 - - - -",
                        "ms-ssim: needs at least 161x161 pixels, got 40x32 with 3 channels",
                        "lpips: needs the weights 'alexnet', which are not installed; ./darkroom features install alexnet fetches them");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void writesTheJsonOfTheService() {
        assertThat(run("--format", "json", "--metrics", "psnr", "--color", "y", "--crop", "2", "--quantize", "none", clean, noisy)).isZero();

        JsonPath report = JsonPath.from(out.toString());
        assertThat(report.getInt("reference.width")).isEqualTo(40);
        assertThat(report.getString("candidates[0].name")).isEqualTo(noisy.toString());
        assertThat(report.getDouble("candidates[0].metrics.psnr.value")).isCloseTo(29.4527, within(1e-3));
        assertThat(report.getMap("candidates[0].metrics.psnr.convention").toString()).isEqualTo("{color=y, crop=2, profiles=applied, quantize=none}");
    }

    @Test
    void comparesFoldersByNameAndAddsMeans() throws IOException {
        Path references = Files.createDirectory(folder.resolve("references"));
        Path candidates = Files.createDirectory(folder.resolve("candidates"));
        for (int i = 0; i < 3; i++) {
            write("references/" + i + ".png", Flat.flat(100, 20, 12));
            write("candidates/" + i + ".tiff", Flat.flat(100 + 10 * i, 20, 12, ImageFormat.TIFF));
        }
        write("references/notes.txt", new byte[1]);

        assertThat(run("--format=csv", "--metrics=l1", references, candidates)).isZero();
        List<String[]> lines = out.toString().replace(folder + "/", "").lines().map(line -> line.split(",", -1)).toList();
        assertThat(lines).extracting(cells -> cells[0] + " " + cells[1]).containsExactly("reference candidate", "references/0.png candidates/0.tiff",
                "references/1.png candidates/1.tiff", "references/2.png candidates/2.tiff", "mean candidates");
        assertThat(lines.get(0)).containsExactly("reference", "candidate", "l1", "score", "rank");
        assertThat(lines.subList(1, 5)).extracting(cells -> Math.round(1e12 * 255 * Double.parseDouble(cells[2])) / 1e12).containsExactly(0.0, 10.0, 20.0, 10.0);
        assertThat(lines.get(1)).endsWith("", "");
    }

    @Test
    void keepsTheMeansOfASetInItsJson() throws IOException {
        Path references = Files.createDirectory(folder.resolve("references"));
        Files.copy(clean, references.resolve("a.png"));
        Path candidates = Files.createDirectory(folder.resolve("candidates"));
        Files.copy(noisy, candidates.resolve("a.png"));

        assertThat(run("--format=json", "--metrics=psnr", references, candidates)).isZero();
        JsonPath sheet = JsonPath.from(out.toString());
        assertThat(sheet.getList("pictures")).hasSize(1);
        assertThat(sheet.getDouble("mean[0].metrics.psnr.value")).isCloseTo(28.1308, within(1e-4));
    }

    @Test
    void namesThePairThatCannotBeMeasuredAndTakesNoMeanOfTheRest() throws IOException {
        Path references = Files.createDirectory(folder.resolve("references"));
        Path candidates = Files.createDirectory(folder.resolve("candidates"));
        for (String name : new String[] {"references/a.png", "references/b.png", "candidates/a.png"}) {
            Files.copy(clean, folder.resolve(name));
        }
        write("candidates/b.png", Flat.flat(100, 41, 32));

        assertThat(run("--metrics=l1", references, candidates)).isEqualTo(1);
        assertThat(err.toString()).contains("b.png: 41 x 32 pixels cannot be compared with the reference's 40 x 32");
        assertThat(out.toString()).contains("a.png").doesNotContain("mean");
    }

    @Test
    void namesTheFileThatCannotBeRead() throws IOException {
        assertThat(run(clean, folder.resolve("missing.png"))).isEqualTo(1);
        assertThat(run(clean, write("text.png", "not a picture".getBytes()))).isEqualTo(1);
        assertThat(err.toString()).contains("missing.png", "text.png: the bytes are not");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void showsItsProgressOnATerminal() {
        System.setProperty("darkroom.terminal", "true");
        try {
            assertThat(run(clean, noisy, "--metrics", "mse,l1")).isZero();
        } finally {
            System.clearProperty("darkroom.terminal");
        }
        assertThat(err.toString().replaceAll(", [0-9:]+ left", "")).isEqualTo("\r[" + "#".repeat(15) + ".".repeat(15) + "] 1 of 2\033[K\r["
                + "#".repeat(30) + "] 2 of 2\033[K\r\033[K");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--metrics=vibes", "--metrics=,", "--color=cmyk", "--crop=-1", "--quantize=7bit", "--option=psnr", "--option=psnr.peak=1",
        "--option=ssim.window=7", "--format=xml", "--device=abacus", "--nonsense"})
    void explainsAnOptionThatIsNotAllowed(String option) {
        assertThat(run(option, clean, noisy)).isEqualTo(2);
        assertThat(err.toString()).contains("Usage:");
    }

    @Test
    void explainsFoldersThatDoNotMatch() throws IOException {
        Path references = Files.createDirectory(folder.resolve("references"));
        Path candidates = Files.createDirectory(folder.resolve("candidates"));
        assertThat(run(references, noisy)).isEqualTo(2);
        assertThat(run(references, candidates)).isEqualTo(2);
        Files.copy(clean, references.resolve("a.png"));
        assertThat(run(references, candidates)).isEqualTo(2);
        Files.copy(clean, candidates.resolve("a.png"));
        Files.copy(clean, candidates.resolve("a.jpg"));
        assertThat(run(references, candidates)).isEqualTo(2);
        assertThat(err.toString()).contains("files with files", "there is no picture in", "there is no picture a in", "differ in nothing but their extension");
    }

    private int run(Object... arguments) {
        return new CommandLine(new ScoreCommand()).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .execute(Stream.concat(Stream.of("--store=" + folder), Stream.of(arguments).map(Object::toString)).toArray(String[]::new));
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }
}
