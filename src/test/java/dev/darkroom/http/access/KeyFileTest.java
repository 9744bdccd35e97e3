package dev.darkroom.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
    private static final String ALICE = ApiKey.secret();
    private static final String BOB = ApiKey.secret();

    @TempDir
    private Path folder;
    private Path file;

    @BeforeEach
    void writeBoth() throws IOException {
        file = Files.writeString(folder.resolve("keys"), line("alice", ALICE) + line("bob", BOB));
    }

    @Test
    void forgetsAKeyThatWasTakenOut() throws IOException {
        KeyFile keys = open();
        assertThat(keys.find(BOB)).isPresent();
        Files.writeString(file, line("alice", ALICE));
        keys.refresh();
        assertThat(keys.find(BOB)).isEmpty();
        assertThat(keys.find(ALICE)).isPresent();
    }

    @Test
    void noticesAFileOfTheSameSizeAndTimeThatTookItsPlace() throws IOException {
        KeyFile keys = open();
        FileTime time = Files.getLastModifiedTime(file);
        String carol = ApiKey.secret();
        Path other = Files.writeString(folder.resolve("other"), line("alice", carol) + line("bob", BOB));
        Files.setLastModifiedTime(other, time);
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
        keys.refresh();
        assertThat(keys.find(ALICE)).isEmpty();
        assertThat(keys.find(carol)).map(ApiKey::name).contains("alice");
    }

    @Test
    void followsALinkThatIsTurnedToAnotherFolderAsKubernetesDoes() throws IOException {
        Path before = Files.createDirectory(folder.resolve("..2026_1"));
        Path after = Files.createDirectory(folder.resolve("..2026_2"));
        Files.writeString(before.resolve("keys"), line("alice", ALICE) + line("bob", BOB));
        Files.writeString(after.resolve("keys"), line("alice", ALICE));
        Path data = Files.createSymbolicLink(folder.resolve("..data"), before.getFileName());
        KeyFile keys = new KeyFile(Files.createSymbolicLink(folder.resolve("mounted"), Path.of("..data/keys")), Allowance.UNLIMITED);
        assertThat(keys.find(BOB)).isPresent();
        Path turned = Files.createSymbolicLink(folder.resolve("..data_tmp"), after.getFileName());
        Files.move(turned, data, StandardCopyOption.ATOMIC_MOVE);
        keys.refresh();
        assertThat(keys.find(BOB)).isEmpty();
    }

    @Test
    void keepsItsKeysWhileTheFileIsBrokenEmptyOrGone() throws IOException {
        KeyFile keys = open();
        for (String broken : new String[] {"alice sha256:abc enhance", "", "# nobody\n"}) {
            Files.writeString(file, broken);
            keys.refresh();
            assertThat(keys.find(ALICE)).as(broken).isPresent();
        }
        Files.delete(file);
        keys.refresh();
        assertThat(keys.find(BOB)).isPresent();
        Files.writeString(file, line("alice", ALICE));
        keys.refresh();
        assertThat(keys.find(BOB)).isEmpty();
    }

    @Test
    void doesNotStartWithAFileThatCannotBeRead() throws IOException {
        Files.writeString(file, line("alice", ALICE) + "bob\n");
        assertThatThrownBy(this::open).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("line 2");
        Files.delete(file);
        assertThatThrownBy(this::open).isInstanceOf(UncheckedIOException.class).message().doesNotContain(folder.toString());
    }

    private KeyFile open() {
        return new KeyFile(file, Allowance.UNLIMITED);
    }

    private static String line(String name, String secret) {
        return ApiKey.of(name, secret, Set.of(Role.ENHANCE), Allowance.UNLIMITED).line() + "\n";
    }
}
