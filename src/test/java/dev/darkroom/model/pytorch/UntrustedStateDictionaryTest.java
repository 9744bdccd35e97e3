package dev.darkroom.model.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class UntrustedStateDictionaryTest {

    private static final Map<String, byte[]> STORAGE = Map.of("0", PickleWriter.floats(1, 2));
    private static final Map<String, byte[]> NO_STORAGE = Map.of();

    @TempDir
    Path folder;

    @Test
    void namesTheFunctionThatAFileWantsCalled() {
        byte[] object = new PickleWriter().global("os", "system").text("true").bytes(0x85, 'R').stop();

        unsafe(object, "the file names os.system, which no state dictionary needs");
    }

    @Test
    void refusesAStorageTypeItDoesNotKnow() {
        unsafe(one("ComplexFloatStorage", 2, 0, new long[] {2}, new long[] {1}),
                "the file names torch.ComplexFloatStorage, which no state dictionary needs");
    }

    @Test
    void refusesAnAllowedNameCalledInAnotherWay() {
        byte[] object = new PickleWriter().global("torch", "FloatStorage").number(1 << 30).bytes(0x85, 'R').stop();

        unsafe(object, "the file calls torch.FloatStorage in a way that no state dictionary needs");
    }

    @Test
    void refusesInstructionsThatBuildObjects() {
        unsafe(new PickleWriter().bytes(')', 0x81).stop(),
                "the file uses the pickle instruction 0x81, which no state dictionary needs");
        unsafe(new PickleWriter().bytes('(', 'i').stop(),
                "the file uses the pickle instruction 0x69, which no state dictionary needs");
    }

    @Test
    void quotesNothingUnprintable() {
        unsafe(new PickleWriter().global("a\u0007\u001b[31m", "b").stop(),
                "the file names a??[31m.b, which no state dictionary needs");
    }

    @Test
    void refusesATensorThatReachesBeyondItsStorage() {
        malformed(one("FloatStorage", 2, 0, new long[] {3}, new long[] {1}), "beyond its storage");
        malformed(one("FloatStorage", 2, 1, new long[] {2}, new long[] {1}), "beyond its storage");
        malformed(one("FloatStorage", 2, -1, new long[] {1}, new long[] {1}), "beyond its storage");
        malformed(one("FloatStorage", 2, 1, new long[] {2}, new long[] {-1}), "beyond its storage");
        malformed(one("FloatStorage", 2, 0, new long[] {-2, -1}, new long[] {1, 1}), "beyond its storage");
        malformed(one("FloatStorage", 2, Long.MAX_VALUE, new long[] {2}, new long[] {1}), "beyond its storage");
    }

    @Test
    void refusesASmallFileThatExpandsToAHugeTensor() {
        malformed(one("FloatStorage", 2, 0, new long[] {1L << 40}, new long[] {0}), "more elements than the file");
    }

    @Test
    void refusesStoragesOfAnotherSizeThanTheTensorsSay() {
        malformed(one("FloatStorage", 3, 0, new long[] {2}, new long[] {1}), "storages are not those of its tensors");
        malformed(one("FloatStorage", Integer.MAX_VALUE, 0, new long[] {2}, new long[] {1}), "storages are not");
        malformed(one("FloatStorage", -1, 0, new long[] {2}, new long[] {1}), "negative size");
    }

    @Test
    void refusesADictionaryThatHoldsItself() {
        malformed(new PickleWriter().bytes('}', 'q', 0, '(').text("me").bytes('h', 0, 'u').stop(), NO_STORAGE, "hold each other");
    }

    @Test
    void refusesDictionariesThatMultiply() {
        var bomb = new PickleWriter().bytes('}', 'q', 0);
        for (int level = 1; level < 8; level++) {
            bomb.bytes('}', '(');
            for (int i = 0; i < 30; i++) {
                bomb.text("k" + i).bytes('h', level - 1);
            }
            bomb.bytes('u', 'q', level);
        }

        malformed(bomb.stop(), NO_STORAGE, "hold each other");
    }

    @Test
    void refusesAPickleThatNeverEnds() {
        byte[] endless = new byte[2_000_000];
        Arrays.fill(endless, (byte) 'N');

        malformed(endless, "instructions");
    }

    @Test
    void refusesCompressedEntries() throws IOException {
        Path file = folder.resolve("weights.pth");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("archive/data.pkl"));
            zip.write(new PickleWriter().bytes('}').stop());
        }

        assertThatExceptionOfType(MalformedStateDictionaryException.class)
                .isThrownBy(() -> StateDictionary.read(file))
                .withMessageContaining("compressed");
    }

    @Test
    void refusesFilesOfOtherKinds() {
        malformedFile(new byte[0], "ends too early");
        malformedFile(new byte[] {(byte) 0x80, 4, '.'}, "pickle protocol 4");
        malformedFile(new PickleWriter().number(1).stop(), "not a file of torch.save");
        malformedFile(new byte[] {'P', 'K', 3, 4}, "zip archive is damaged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy.pth", "zip.pth"})
    void readsOrRefusesButNeverFailsOtherwiseOnDamage(String name) throws IOException {
        byte[] sound;
        try (InputStream file = UntrustedStateDictionaryTest.class.getResourceAsStream(name)) {
            sound = file.readAllBytes();
        }
        var random = new Random(20261122);
        int refused = 0;
        for (int round = 0; round < 1000; round++) {
            try {
                read(damage(sound, random));
            } catch (StateDictionaryException e) {
                assertThat(e.getMessage()).hasSizeLessThan(300);
                refused++;
            }
        }
        assertThat(refused).isBetween(250, 999);
    }

    private static byte[] damage(byte[] sound, Random random) {
        byte[] bytes = sound.clone();
        for (int i = 0, flips = 1 + random.nextInt(3); i < flips; i++) {
            int at = random.nextInt(bytes.length);
            // Other instructions and lengths at their extremes do more than random bytes.
            bytes[at] = random.nextBoolean() ? sound[random.nextInt(sound.length)] : (byte) (random.nextInt(3) * 127);
        }
        return random.nextInt(10) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    private static byte[] one(String type, int elements, long offset, long[] shape, long[] stride) {
        return new PickleWriter().bytes('}', '(').text("w").tensor(type, "0", elements, offset, shape, stride)
                .bytes('u').stop();
    }

    private void unsafe(byte[] object, String message) {
        for (byte[] file : containers(object, STORAGE)) {
            assertThatExceptionOfType(UnsafePickleException.class).isThrownBy(() -> read(file)).withMessage(message);
        }
    }

    private void malformed(byte[] object, String message) {
        malformed(object, STORAGE, message);
    }

    private void malformed(byte[] object, Map<String, byte[]> storages, String message) {
        for (byte[] file : containers(object, storages)) {
            malformedFile(file, message);
        }
    }

    private void malformedFile(byte[] file, String message) {
        assertThatExceptionOfType(MalformedStateDictionaryException.class)
                .isThrownBy(() -> read(file)).withMessageContaining(message);
    }

    private static List<byte[]> containers(byte[] object, Map<String, byte[]> storages) {
        return List.of(PickleWriter.legacy(object, storages, 4), ZipWriter.zip(object, storages));
    }

    private void read(byte[] file) throws IOException {
        StateDictionary.read(Files.write(folder.resolve("weights.pth"), file));
    }
}
