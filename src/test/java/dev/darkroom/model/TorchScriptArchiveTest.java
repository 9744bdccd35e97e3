package dev.darkroom.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.model.store.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchScriptArchiveTest {

    @TempDir
    Path folder;

    @Test
    void acceptsTheLayoutOfTorchScript() {
        assertThatCode(() -> check(Checkpoints.torchScript("x"))).doesNotThrowAnyException();
    }

    @Test
    void refusesAStateDictionary() {
        refuses(Checkpoints.zip("archive/data.pkl", "archive/data/0"), "model.pt is not TorchScript: the archive has no code");
    }

    @Test
    void refusesAnArchiveOfSomethingElse() {
        refuses(Checkpoints.zip("word/code/document.xml"), "model.pt is not TorchScript: the archive has no data.pkl");
    }

    @Test
    void refusesWhatIsNoArchive() {
        refuses(new byte[0], "model.pt is not TorchScript: it is no zip archive");
        refuses("\u0080\u0002\u008a\n".getBytes(), "model.pt is not TorchScript: it is no zip archive");
    }

    @Test
    void refusesAnArchiveBehindAForeignHeader() {
        byte[] archive = Checkpoints.torchScript("x");
        byte[] headed = new byte[archive.length + 110];
        System.arraycopy(archive, 0, headed, 110, archive.length);

        refuses(headed, "model.pt is not TorchScript: it is no zip archive");
    }

    @Test
    void refusesATruncatedArchive() {
        byte[] archive = Checkpoints.torchScript("x");

        refuses(Arrays.copyOf(archive, archive.length / 2), "model.pt is not TorchScript: the archive is damaged");
    }

    @Test
    void acceptsOrRefusesButNeverFailsOtherwiseOnDamage() throws IOException {
        var random = new Random(7);
        byte[] archive = Checkpoints.torchScript("x");
        int refused = 0;
        for (int round = 0; round < 500; round++) {
            byte[] damaged = archive.clone();
            for (int i = 0; i < 4; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                check(damaged);
            } catch (CheckpointRefusedException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    private void refuses(byte[] bytes, String message) {
        assertThatExceptionOfType(CheckpointRefusedException.class).isThrownBy(() -> check(bytes)).withMessage(message);
    }

    private void check(byte[] bytes) throws IOException {
        TorchScriptArchive.check(Files.write(folder.resolve("model.pt"), bytes));
    }
}
