package dev.darkroom.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.loss.StepLosses;
import dev.darkroom.loss.measure.MeasureOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The script that lists how every checkpoint is made. */
class TrainAllTest {

    @TempDir
    Path store;

    private List<String> commands;

    @BeforeEach
    void print() throws Exception {
        commands = print(store);
    }

    @Test
    void everyCommandIsOneThatTheProgramTakes() {
        assertThat(commands).hasSizeGreaterThan(30).allSatisfy(command -> {
            String[] words = command.split(" ");
            Object known = words[1].equals("train") ? new TrainCommand() : new DiscriminatorsCommand();
            new CommandLine(known).parseArgs(List.of(words).subList(2, words.length).toArray(String[]::new));
        });
    }

    @Test
    void everyTermIsAMeasureWithSuchOptions() {
        assertThat(commands).filteredOn(command -> command.contains(" --term ")).hasSizeGreaterThan(15).allSatisfy(command -> {
            String measure = command.replaceAll(".* --term ([^=]+)=.*", "$1");
            List<String> options = StepLosses.options(measure).stream().map(MeasureOption::name).map(name -> measure + "." + name).toList();
            for (String word : command.split(" --option ")) {
                if (!word.startsWith("./darkroom")) {
                    assertThat(options).contains(word.substring(0, word.indexOf('=')));
                }
            }
        });
    }

    @Test
    void nothingIsTrainedBeforeWhatItStartsFrom() {
        assertThat(commands).allSatisfy(command -> {
            if (command.contains(" --from ")) {
                String parent = command.replaceAll(".* --from ([^/]+)/.*", "$1");
                assertThat(commands.subList(0, commands.indexOf(command)))
                        .anyMatch(earlier -> earlier.contains("--task " + parent + " --loss baseline "));
            }
        });
    }

    @Test
    void whatTheStoreHasIsNotTrainedAgain() throws Exception {
        Files.createDirectories(store.resolve("denoise/baseline/3"));
        Files.writeString(store.resolve("denoise/baseline/3/manifest.json"), "{\n  \"scale\" : 1,\n}");

        assertThat(print(store)).noneMatch(command -> command.contains("--task denoise --loss baseline "))
                .anyMatch(command -> command.contains("--task denoise --loss pdl ") && command.contains("--from denoise/baseline@3 "));
    }

    private static List<String> print(Path store) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("bash", "model-store/train-all", "--print", ".").redirectErrorStream(true);
        builder.environment().putAll(Map.of("DARKROOM_MODEL_STORE", store.toString()));
        Process script = builder.start();
        String printed = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(script.waitFor()).as(printed).isZero();
        return printed.lines().toList();
    }
}
