package dev.darkroom.enhance.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.enhance.Scenes;
import dev.darkroom.image.file.ImageFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C while the engine computes, in a process of its own. */
class InterruptedCommandTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void endsInOrderAndLeavesNothingHalfDone(String signal, int code) throws Exception {
        Files.write(folder.resolve("large.jpg"), Scenes.file(Scenes.noisy(4500, 4000, 3, 25), ImageFormat.JPEG));
        Process enhance = start("enhance", "--sigma", "25", "--store", Path.of("model-store").toAbsolutePath().toString(), "large.jpg");
        awaitFirstTiles(enhance);

        new ProcessBuilder("kill", "-" + signal, Long.toString(enhance.pid())).start().waitFor();

        assertThat(enhance.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(enhance.exitValue()).isEqualTo(code);
        try (var left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactly("large.jpg");
        }
    }

    @Test
    void aWrongValueTakesTwoLines() throws Exception {
        Process enhance = start("enhance", "--sigma", "loud", "large.jpg");

        assertThat(enhance.errorReader().lines()).hasSize(2).last().isEqualTo("see ./darkroom enhance --help");
        assertThat(enhance.waitFor()).isEqualTo(2);
    }

    private Process start(String... arguments) throws IOException {
        var command = new ProcessBuilder("java", "-Xmx1g", "-Ddarkroom.terminal=true", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), "dev.darkroom.Darkroom");
        command.command().addAll(List.of(arguments));
        return command.directory(folder.toFile()).start();
    }

    /** Until the bar is on its way, which is told in lines that end with a carriage return. */
    private static void awaitFirstTiles(Process process) throws IOException {
        var shown = new StringBuilder();
        var terminal = new BufferedReader(new InputStreamReader(process.getErrorStream()));
        for (int read = terminal.read(); read >= 0; read = terminal.read()) {
            shown.append((char) read);
            if (shown.toString().contains("[#")) {
                return;
            }
        }
        throw new AssertionError("ended early: " + shown);
    }
}
