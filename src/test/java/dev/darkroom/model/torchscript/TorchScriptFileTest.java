package dev.darkroom.model.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TorchScriptFileTest {
    private static final Path SMALL = Path.of("src/test/resources/dev/darkroom/inference/identity.pt");

    private static final Path TRACED = Path.of("src/test/resources/dev/darkroom/adopt/attention.pt");

    @TempDir
    Path folder;

    static List<Path> everyNetworkWeHave() throws IOException {
        try (Stream<Path> store = Files.walk(Path.of("model-store")); Stream<Path> tests = Files.walk(Path.of("src/test/resources"))) {
            return Stream.concat(store, tests).filter(file -> file.toString().endsWith(".pt")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("everyNetworkWeHave")
    void letsThroughEveryNetworkWeHave(Path file) {
        assertThatCode(() -> check(Files.readAllBytes(file))).doesNotThrowAnyException();
    }

    @Test
    void refusesAHostileArchive() throws IOException {
        byte[] hostile = Repacked.of(SMALL).with(".py", code -> code.replace("torch.add(x, _0)", "torch.from_file(\"/etc/passwd\", False, 100)")).bytes();
        assertThatThrownBy(() -> check(hostile)).isInstanceOf(ForbiddenScriptException.class).hasMessageContaining("aten::from_file");
    }

    @Test
    void findsHostileCodeInAnyFile() throws IOException {
        byte[] hostile = Repacked.of(SMALL).add("archive/code/__torch__/more.py", "def f(x: Tensor):\n  torch.save(x, \"/tmp/x\")\n").bytes();
        assertThatThrownBy(() -> check(hostile)).hasMessageContaining("aten::save");
    }

    @ParameterizedTest
    @ValueSource(strings = {"archive/model.json", "archive/bytecode.pkl", "archive/attributes", "archive/code/__torch__.PY", "archive/libs/x.so"})
    void refusesAFileThatTheEngineMightTakeForCode(String name) throws IOException {
        byte[] hostile = Repacked.of(SMALL).add(name, "{}").bytes();
        assertThatThrownBy(() -> check(hostile)).isInstanceOfAny(ForbiddenScriptException.class, DamagedArchiveException.class);
    }

    @Test
    void refusesASecondFolder() throws IOException {
        byte[] hostile = Repacked.of(SMALL).add("other/version", "3").bytes();
        assertThatThrownBy(() -> check(hostile)).isInstanceOf(ForbiddenScriptException.class);
    }

    @Test
    void refusesObjectsOfForeignClasses() throws IOException {
        byte[] hostile = Repacked.of(SMALL).with("/data.pkl", pickle -> pickle + "c__torch__.torch.classes.profiler\n_RecordFunction\n").bytes();
        assertThatThrownBy(() -> check(hostile)).isInstanceOf(ForbiddenScriptException.class);
    }

    /** The engine holds the weights once; whoever only looks at the code need not hold them again. */
    @Test
    void readsNoWeights() throws IOException {
        byte[] large = Repacked.of(TRACED).add("archive/data/99", "w".repeat(32 << 20)).bytes();
        Path file = Files.write(folder.resolve("large.pt"), large);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        try (TorchScriptFile archive = TorchScriptFile.open(file)) {
            archive.requireOnlyCalculates();
        }
        assertThat(threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before).isLessThan(4 << 20);
    }

    /** The engine reads them where shapes are to be restored. */
    @Test
    void refusesForeignObjectsAmongTheInputsOfATrace() throws IOException {
        byte[] hostile = Repacked.of(TRACED).with("/traced_inputs.pkl", pickle -> pickle + "c__torch__.torch.classes.profiler\n_RecordFunction\n").bytes();
        assertThatThrownBy(() -> check(hostile)).isInstanceOf(ForbiddenScriptException.class);
    }

    @Test
    void refusesAnArchiveWithTwoDirectories() throws IOException {
        byte[] archive = Files.readAllBytes(SMALL);
        byte[] both = Arrays.copyOf(archive, archive.length * 2);
        System.arraycopy(archive, 0, both, archive.length, archive.length);
        assertThatThrownBy(() -> check(both)).isInstanceOf(DamagedArchiveException.class);
    }

    /** Java's reader would believe the one record, the engine's the other. */
    @Test
    void refusesAZip64DirectoryThatSaysSomethingElse() throws IOException {
        byte[] archive = Files.readAllBytes(SMALL);
        assertThatCode(() -> check(withZip64(archive, 0))).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(withZip64(archive, 1))).isInstanceOf(DamagedArchiveException.class);
    }

    private static byte[] withZip64(byte[] archive, int lie) {
        ByteBuffer old = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
        int end = archive.length - 22;
        long count = old.getShort(end + 10);
        ByteBuffer bytes = ByteBuffer.allocate(archive.length + 76).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(archive, 0, end);
        bytes.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45).putInt(0).putInt(0).putLong(count).putLong(count)
                .putLong(old.getInt(end + 12)).putLong(old.getInt(end + 16) - lie);
        bytes.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
        return bytes.put(archive, end, 22).array();
    }

    @Test
    void refusesACommentBehindTheEnd() throws IOException {
        byte[] archive = Files.readAllBytes(SMALL);
        byte[] commented = Arrays.copyOf(archive, archive.length + 4);
        commented[archive.length - 2] = 4;
        assertThatThrownBy(() -> check(commented)).isInstanceOf(DamagedArchiveException.class);
    }

    @Test
    void acceptsOrRefusesButNeverFailsOtherwiseOnDamage() throws IOException {
        byte[] archive = Files.readAllBytes(SMALL);
        var random = new Random(3);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = archive.clone();
            int tail = random.nextBoolean() ? damaged.length : Math.min(damaged.length, 600); // the directory is at the end
            for (int i = 0; i <= random.nextInt(4); i++) {
                damaged[damaged.length - 1 - random.nextInt(tail)] = (byte) random.nextInt(256);
            }
            refused += isRefused(random.nextInt(4) == 0 ? Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged) ? 1 : 0;
        }
        assertThat(refused).isBetween(5_000, 20_000);
    }

    private static boolean isRefused(byte[] archive) {
        try {
            Archive opened = Archive.of(inMemory(archive));
            var script = new Script();
            for (String name : opened.names()) {
                byte[] content = opened.read(name, 1 << 20);
                if (name.endsWith(".py")) {
                    script.read(new String(content, StandardCharsets.ISO_8859_1));
                }
            }
            script.check();
            return false;
        } catch (DamagedArchiveException | ForbiddenScriptException e) {
            return true;
        }
    }

    private static Bytes inMemory(byte[] archive) {
        return new Bytes() {
            @Override
            public long size() {
                return archive.length;
            }

            @Override
            public ByteBuffer at(long offset, int length) {
                Objects.checkFromIndexSize((int) offset, length, archive.length);
                return ByteBuffer.wrap(Arrays.copyOfRange(archive, (int) offset, (int) offset + length)).order(ByteOrder.LITTLE_ENDIAN);
            }
        };
    }

    private void check(byte[] archive) throws IOException {
        try (TorchScriptFile file = TorchScriptFile.open(Files.write(folder.resolve("model.pt"), archive))) {
            file.requireOnlyCalculates();
        }
    }
}
