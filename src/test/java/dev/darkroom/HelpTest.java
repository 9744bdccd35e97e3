package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** What {@code ./darkroom COMMAND --help} prints before anything is built; {@code mvn test -Dtest=HelpTest -Dhelp.write=true} writes it anew. */
class HelpTest {
    private static final Path FOLDER = Path.of("docs/help");

    static Stream<Map.Entry<String, CommandLine>> commands() {
        return Darkroom.commandLine().getSubcommands().entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void isWhatTheCommandItselfSays(Map.Entry<String, CommandLine> command) throws IOException {
        Path kept = FOLDER.resolve(command.getKey() + ".txt");
        String said = command.getValue().getUsageMessage(Ansi.OFF);
        if (Boolean.getBoolean("help.write")) {
            Files.writeString(kept, said);
        }
        assertThat(kept).content().isEqualTo(said);
    }

    @Test
    void isThereForEveryCommandAndNoOther() throws IOException {
        try (Stream<Path> kept = Files.list(FOLDER)) {
            assertThat(kept.map(file -> file.getFileName().toString().replace(".txt", "")))
                    .containsExactlyInAnyOrderElementsOf(commands().map(Map.Entry::getKey).toList());
        }
    }

    /** In a copy of the tree's launcher and documents alone: there is no Java, no Maven and nothing built. */
    @Test
    void needsNoBuild(@TempDir Path tree) throws Exception {
        Files.copy(Path.of("darkroom"), tree.resolve("darkroom"));
        Files.createDirectories(tree.resolve(FOLDER));
        Files.copy(FOLDER.resolve("key.txt"), tree.resolve(FOLDER).resolve("key.txt"));

        Process asked = new ProcessBuilder("bash", tree.resolve("darkroom").toString(), "key", "--help").redirectErrorStream(true).start();

        assertThat(new String(asked.getInputStream().readAllBytes())).isEqualTo(Files.readString(FOLDER.resolve("key.txt")));
        assertThat(asked.waitFor()).isZero();
        assertThat(tree.resolve("target")).doesNotExist();
    }
}
