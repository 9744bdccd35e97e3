package dev.darkroom.model.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.model.pytorch.WeightTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class NumpyArchiveTest {

    @TempDir
    private Path folder;

    @Test
    void readsArraysOfBothPrecisionsInTheFilesOrder() throws IOException {
        var arrays = new LinkedHashMap<String, byte[]>();
        arrays.put("second.weight.npy", NumpyWriter.floats("2, 1, 2", 1, -2, 0.1f, Float.MIN_VALUE));
        arrays.put("first.npy", NumpyWriter.doubles("3,", 0.5, 0.1, -1e300));
        arrays.put("single.npy", NumpyWriter.floats("", 7));
        arrays.put("empty.npy", NumpyWriter.floats("0, 3"));

        Map<String, WeightTensor> read = read(NumpyWriter.archive(arrays));

        assertThat(read.keySet()).containsExactly("second.weight", "first", "single", "empty");
        holds(read.get("second.weight"), new long[] {2, 1, 2}, 1, -2, 0.1f, Float.MIN_VALUE);
        holds(read.get("first"), new long[] {3}, 0.5f, 0.1f, Float.NEGATIVE_INFINITY);
        holds(read.get("single"), new long[] {}, 7);
        holds(read.get("empty"), new long[] {0, 3});
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }",
        "{'descr': '<i4', 'fortran_order': False, 'shape': (1,), }",
        "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }",
        "{'descr': '<f4', 'fortran_order': Maybe, 'shape': (1,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': __import__('os'), }",
        "",
    })
    void refusesEverythingButPlainArrays(String header) {
        refuses(NumpyWriter.array(1, header, new byte[4]), "neither float32 nor float64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2,", "", "1, 2", "0,", "4611686018, 4611686018, 4", "2147483648, 2147483648",
        "1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3"})
    void refusesAnArrayOfAnotherLengthThanItsShape(String shape) {
        refuses(NumpyWriter.floats(shape, 1, 2, 3), "another length than its shape");
    }

    /** numpy.asfortranarray(numpy.arange(6).reshape(1, 2, 3)) and of its transpose. */
    @Test
    void readsArraysThatAreStoredByColumns() throws IOException {
        byte[] data = NumpyWriter.floats("6,", 0, 3, 1, 4, 2, 5);
        byte[] values = Arrays.copyOfRange(data, data.length - 24, data.length);
        String header = "{'descr': '<f4', 'fortran_order': True, 'shape': (%s), }";

        var arrays = read(NumpyWriter.archive(Map.of("a.npy", NumpyWriter.array(1, header.formatted("1, 2, 3"), values))));
        var turned = read(NumpyWriter.archive(Map.of("a.npy", NumpyWriter.array(1, header.formatted("2, 3, 1"), values))));

        holds(arrays.get("a"), new long[] {1, 2, 3}, 0, 1, 2, 3, 4, 5);
        holds(turned.get("a"), new long[] {2, 3, 1}, 0, 1, 2, 3, 4, 5);
    }

    @Test
    void refusesHeadersThatAreNone() {
        refuses(new byte[] {1, 2, 3}, "ends within its header");
        refuses(new byte[20], "not an array of NumPy");
        byte[] long3 = NumpyWriter.array(3, "{}", new byte[0]);
        long3[8] = (byte) 0xff;
        long3[11] = (byte) 0xff;
        refuses(long3, "ends within its header");
    }

    @Test
    void refusesCompressedArchivesAndEntriesThatAreNoArrays() throws IOException {
        byte[] array = NumpyWriter.floats("1,", 1);

        refusesFile(NumpyWriter.archive(Map.of("a.npy", array), ZipEntry.DEFLATED), "compressed");
        refusesFile(NumpyWriter.archive(Map.of("a.txt", array)), "no array");
        refusesFile(NumpyWriter.archive(Map.of("a".repeat(600) + ".npy", array)), "no array");
        refusesFile(new byte[] {'P', 'K', 3, 4}, "zip archive is damaged");
        refusesFile(new byte[0], "zip archive is damaged");
    }

    @Test
    void readsOrRefusesButNeverFailsOtherwiseOnDamage() throws IOException {
        var arrays = new LinkedHashMap<String, byte[]>();
        arrays.put("a.npy", NumpyWriter.floats("2, 2", 1, 2, 3, 4));
        arrays.put("b.npy", NumpyWriter.doubles("3,", 1, 2, 3));
        byte[] sound = NumpyWriter.archive(arrays);
        var random = new Random(20261123);
        int refused = 0;
        for (int round = 0; round < 2000; round++) {
            try {
                read(damage(sound, random));
            } catch (MalformedArchiveException e) {
                assertThat(e.getMessage()).hasSizeLessThan(300);
                refused++;
            }
        }
        assertThat(refused).isBetween(500, 1999);
    }

    private static byte[] damage(byte[] sound, Random random) {
        byte[] bytes = sound.clone();
        for (int i = 0, flips = 1 + random.nextInt(3); i < flips; i++) {
            int at = random.nextInt(bytes.length);
            bytes[at] = random.nextBoolean() ? sound[random.nextInt(sound.length)] : (byte) random.nextInt(256);
        }
        return random.nextInt(10) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    private void refuses(byte[] array, String message) {
        refusesFile(NumpyWriter.archive(Map.of("a.npy", array)), message);
    }

    private void refusesFile(byte[] archive, String message) {
        assertThatExceptionOfType(MalformedArchiveException.class)
                .isThrownBy(() -> read(archive)).withMessageContaining(message);
    }

    private Map<String, WeightTensor> read(byte[] archive) throws IOException {
        return NumpyArchive.read(Files.write(folder.resolve("weights.npz"), archive));
    }

    private static void holds(WeightTensor tensor, long[] shape, float... data) {
        assertThat(tensor.shape()).containsExactly(shape);
        assertThat(tensor.data()).containsExactly(data);
    }
}
