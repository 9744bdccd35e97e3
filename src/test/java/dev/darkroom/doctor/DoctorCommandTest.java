package dev.darkroom.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.enhance.SmallStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DoctorCommandTest {
    private final StringWriter out = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void saysWhatItFindsAndThatACheckpointIsBroken() throws IOException {
        Path store = SmallStore.copy();
        Path damaged = store.resolve("dehaze/baseline/1/model.pt");
        Files.write(damaged, new byte[] {1, 2, 3});

        assertThat(run("--store", store)).isEqualTo(1);
        assertThat(out.toString()).contains("Java ", "Device         cpu: ", "Engine         libtorch ", "super-resolve  super-resolve/baseline@")
                .containsPattern("! dehaze/baseline@1: \\S");
    }

    @Test
    void saysThatThereIsNoStore() {
        assertThat(run("--store", folder.resolve("none"))).isEqualTo(1);
        assertThat(out.toString()).contains("! there is no folder");
    }

    private int run(Object... arguments) {
        return new CommandLine(new DoctorCommand()).setOut(new PrintWriter(out, true))
                .execute(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    }
}
