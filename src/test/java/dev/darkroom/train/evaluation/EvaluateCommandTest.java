package dev.darkroom.train.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.train.TestPhotos;
import dev.darkroom.train.photo.Planes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class EvaluateCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void printsATableAndWritesTheResults() throws IOException {
        TestPhotos.gradient(folder.resolve("photo.png"), 40, 30);
        Path results = folder.resolve("results.json");

        int exit = execute("--set", folder.toString(), "--sigma", "15,25", "--protocol", "clipped",
                "--model", "baseline", "--peer", "echo=weights", "--results", results.toString());

        assertThat(exit).as(err.toString()).isZero();
        assertThat(out.toString()).contains("| psnr dB | ssim", "| input ", "| baseline ", "| echo ");
        JsonNode rows = new ObjectMapper().readTree(results.toFile());
        assertThat(rows).hasSize(6);
        assertThat(rows.get(1).get("restorer").asText()).isEqualTo("baseline");
        assertThat(rows.get(1).get("protocol").asText()).isEqualTo("clipped");
        assertThat(rows.get(1).get("values")).isEqualTo(rows.get(0).get("values"));
    }

    @Test
    void putsTheTableAndItsCommandIntoAPage() throws IOException {
        TestPhotos.gradient(folder.resolve("photo.png"), 40, 30);
        Path page = folder.resolve("results.md");
        Files.writeString(page, "# Results\n\nWords before.\n");
        String[] arguments = {"--task", "dejpeg", "--set", folder.toString(), "--model", "baseline", "--page", page.toString()};

        execute(arguments);
        Files.writeString(page, Files.readString(page) + "\nWords after.\n");
        String once = Files.readString(page);
        execute(arguments);

        assertThat(Files.readString(page)).isEqualTo(once)
                .containsSubsequence("Words before.", "## Dejpeg", "| quality 10 |", "./darkroom evaluate --task dejpeg", "Words after.")
                .doesNotContain("--page");
    }

    @Test
    void aPageHoldsSeveralTablesOfATask() throws IOException {
        TestPhotos.gradient(folder.resolve("photo.png"), 40, 30);
        Path page = folder.resolve("results.md");
        String[] arguments = {"--task", "dejpeg", "--set", folder.toString(), "--model", "baseline", "--page", page.toString()};

        execute(arguments);
        execute(Stream.concat(Stream.of(arguments), Stream.of("--table", "dejpeg by loss")).toArray(String[]::new));

        assertThat(Files.readString(page)).containsSubsequence("## Dejpeg\n", "## Dejpeg by loss\n").doesNotContain("--table");
    }

    @Test
    void measuresWhatItIsAskedFor() {
        TestPhotos.gradient(folder.resolve("photo.png"), 40, 30);

        execute("--set", folder.toString(), "--sigma", "15", "--protocol", "clipped", "--model", "baseline", "--measure", "l1,charbonnier");

        assertThat(out.toString()).contains("| l1 ", "| charbonnier ").doesNotContain("psnr");
    }

    @Test
    void showsResultsSideBySide() throws IOException {
        TestPhotos.gradient(folder.resolve("photo.png"), 160, 140);
        Path sheets = folder.resolve("sheets");

        execute("--set", folder.toString(), "--sigma", "25", "--protocol", "clipped", "--model", "baseline", "--sheet", sheets.toString());

        assertThat(sheets.resolve(folder.getFileName() + "-clipped-25.png")).exists();
        Planes sheet = TestPicture.of(sheets).get(0).planes();
        assertThat(sheet.width()).as("input, baseline and original, twice as large").isEqualTo(3 * 2 * 128 + 4 * 6);
        Planes input = sheet.cut(6, 20, 256, 256);
        assertThat(sheet.cut(6 + 262, 20, 256, 256)).as("the echo").usingRecursiveComparison().isEqualTo(input);
        assertThat(sheet.cut(6 + 2 * 262, 20, 256, 256).values()).as("the original").isNotEqualTo(input.values());
    }

    @Test
    void saysWhichWeightsAMeasureNeeds() {
        TestPhotos.gradient(folder.resolve("photo.png"), 64, 48);

        assertThat(execute("--set", folder.toString(), "--measure", "lpips", "--store", folder.toString())).isNotZero();

        assertThat(err.toString()).contains("darkroom features install").doesNotContain("Exception");
    }

    @Test
    void namesAFolderWithoutPictures() {
        assertThat(execute("--set", folder.toString())).isNotZero();

        assertThat(err.toString()).contains("holds no pictures").doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--task paint     | there is no task",
        "--scale 5        | --scale",
        "--jpeg-quality 0 | --jpeg-quality",
        "--every 0        | --every",
        "--sigma 101      | 0 to 100",
        "--sigma NaN      | 0 to 100",
        "--protocol fuzzy | fuzzy",
        "--measure vibes  | vibes",
        "--option pdl.p=2 | every option needs its --measure",
        "--option ssim.p=2 | ssim has no option 'p'",
        "--soften 9       | from 0.1 to 5 pixels",
        "--peer gan=file  | known networks are echo",
    })
    void refusesOptionsThatMakeNoSense(String options, String reason) {
        String[] option = options.split(" ");

        assertThat(execute("--set", folder.toString(), option[0], option[1])).isEqualTo(CommandLine.ExitCode.USAGE);

        assertThat(err.toString()).contains(reason);
    }

    @Test
    void registersPairsOfExposuresAloneAndRecordsNothingThatIsSoftened() {
        TestPhotos.gradient(folder.resolve("photo.png"), 40, 30);

        assertThat(execute("--set", folder.toString(), "--registered")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(execute("--set", folder.toString(), "--task", "deblur", "--registered")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(execute("--set", folder.toString(), "--soften", "0.5", "--record")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(execute("--set", folder.toString(), "--every", "2", "--record")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(execute("--set", folder.toString(), "--harmless", "--registered")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(execute("--set", folder.toString(), "--harmless", "--soften", "9")).isEqualTo(CommandLine.ExitCode.USAGE);

        assertThat(err.toString()).contains("the set has no pairs", "only denoise has pairs", "not what the checkpoint answers", "a manifest names whole sets", "--harmless:", "from 0.1 to 5 pixels");
    }

    private int execute(String... arguments) {
        RestorerSource echo = (task, location, owner) -> Trial::input;
        return new CommandLine(new EvaluateCommand(echo, Map.of("echo", echo)))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
