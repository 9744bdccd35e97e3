package dev.darkroom.model.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateDictionaryTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsBothContainersAsTheyAreWrittenByteByByte(boolean zip) throws IOException {
        byte[] object = new PickleWriter()
                .global("collections", "OrderedDict").bytes(')', 'R', 'q', 0, '(')
                .text("weight").tensor("FloatStorage", "7", 6, 1, new long[] {2, 2}, new long[] {1, 3})
                .text("empty").tensor("FloatStorage", "7", 6, 0, new long[] {0, 3}, new long[] {3, 1})
                .text("single").tensor("FloatStorage", "7", 6, 5, new long[] {}, new long[] {})
                .bytes('u').stop();
        Map<String, byte[]> storages = Map.of("7", PickleWriter.floats(0, 1, 2, 3, 4, 5));

        Map<String, WeightTensor> tensors =
                read(zip ? ZipWriter.zip(object, storages) : PickleWriter.legacy(object, storages, 4));

        assertThat(tensors.keySet()).containsExactly("weight", "empty", "single");
        holds(tensors.get("weight"), new long[] {2, 2}, 1, 4, 2, 5);
        holds(tensors.get("empty"), new long[] {0, 3});
        holds(tensors.get("single"), new long[] {}, 5);
    }

    @Test
    void readsTheOrderedDictOfPython2() throws IOException {
        byte[] object = new PickleWriter().global("collections", "OrderedDict").bytes(']', '(', ']', '(')
                .shortText("weight").tensor("FloatStorage", "7", 1, 0, new long[] {1}, new long[] {1})
                .bytes('e', 'e', 0x85, 'R').stop();

        Map<String, WeightTensor> tensors =
                read(PickleWriter.legacy(object, Map.of("7", PickleWriter.floats(0.25f)), 4));

        assertThat(tensors.keySet()).containsExactly("weight");
        holds(tensors.get("weight"), new long[] {1}, 0.25f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy.pth", "zip.pth"})
    void readsWhatPyTorchWrote(String name) throws IOException {
        Map<String, WeightTensor> tensors;
        try (InputStream file = StateDictionaryTest.class.getResourceAsStream(name)) {
            tensors = read(file.readAllBytes());
        }

        assertThat(tensors.keySet()).containsExactly(
                "params.0.weight", "params.0.bias", "params.turned", "params.half", "params.bfloat16", "params.count");
        holds(tensors.get("params.0.weight"), new long[] {2, 1, 1, 1}, 0.5f, -2);
        holds(tensors.get("params.0.bias"), new long[] {2}, 1, 0.1f);
        holds(tensors.get("params.turned"), new long[] {3, 2}, 0, 3, 1, 4, 2, 5);
        holds(tensors.get("params.half"), new long[] {4}, 1.5f, -0f, 5.9604645e-8f, 65504);
        holds(tensors.get("params.bfloat16"), new long[] {2}, 1, -3.140625f);
        holds(tensors.get("params.count"), new long[] {}, 3);
    }

    /** Expected sums: PyTorch 1.13, in float64. */
    @ParameterizedTest
    @CsvSource({
        "ffdnet_color.pth,      24, 852108, model.0.weight,          -680.3529186952084",
        "carn_m.pth,            58, 414811, sub_mean.shifter.weight, -5.311398779338546",
        "demosaicnet-bayer.pth, 40, 560886, main_processor.pack_mosaic.weight, 102.88645972041748",
        "aodnet-dehazer.pth,    10, 1761,   e_conv1.weight,          18.229475435214688",
        "lpips-v0.1-alex.pth,   5,  1152,   lin0.model.1.weight,     105.2753545809201",
    })
    void readsThePublicWeights(String name, int count, int elements, String first, double expectedSum) {
        Path file = Path.of("../shared/data/weights/public", name);
        assumeTrue(Files.exists(file), "the public weights are not here");

        LinkedHashMap<String, WeightTensor> tensors = StateDictionary.read(file);

        assertThat(tensors).hasSize(count);
        assertThat(tensors.keySet()).first().isEqualTo(first);
        assertThat(tensors.values().stream().mapToInt(tensor -> tensor.data().length).sum()).isEqualTo(elements);
        double sum = 0;
        for (WeightTensor tensor : tensors.values()) {
            for (float value : tensor.data()) {
                sum += value;
            }
        }
        assertThat(sum).isCloseTo(expectedSum, within(1e-9));
    }

    private Map<String, WeightTensor> read(byte[] bytes) throws IOException {
        return StateDictionary.read(Files.write(folder.resolve("weights.pth"), bytes));
    }

    private static void holds(WeightTensor tensor, long[] shape, float... data) {
        assertThat(tensor.shape()).containsExactly(shape);
        assertThat(tensor.data()).containsExactly(data);
    }
}
