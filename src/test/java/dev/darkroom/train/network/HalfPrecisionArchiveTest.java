package dev.darkroom.train.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.model.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HalfPrecisionArchiveTest {
    private static final Path ARCHITECTURES = Path.of("model-store/architectures");

    @TempDir
    private Path folder;

    private Path original;

    /** A denoiser. */
    @BeforeEach
    void write() throws IOException {
        original = drawn("denoiser");
    }

    /** With weights drawn as a training begins, written as a training ends. */
    private Path drawn(String architecture) throws IOException {
        try (var network = new TrainableNetwork(ARCHITECTURES.resolve(architecture).resolve("model.pt"), Device.cpu())) {
            network.drawWeights(7);
            return Files.write(folder.resolve(architecture + ".pt"), network.torchScript());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"denoiser", "unblocker", "enlarger_x2", "enlarger_x4", "deblurrer", "dehazer"})
    void takesHalfTheRoomAndRestoresTheSame(String architecture) throws IOException {
        Path original = drawn(architecture);
        int conditions = Manifest.columns(Architecture.read(ARCHITECTURES.resolve(architecture)).condition());
        Path half = Files.write(folder.resolve("half.pt"), HalfPrecisionArchive.of(original));

        assertThat(Files.size(half)).isLessThan(Files.size(original) * 55 / 100);
        float[] expected = restored(original, conditions);
        float[] actual = restored(half, conditions);
        double squares = 0;
        for (int i = 0; i < expected.length; i++) {
            squares += Math.pow(expected[i] - actual[i], 2);
        }
        double psnr = -10 * Math.log10(squares / expected.length);
        assertThat(psnr).isBetween(60.0, 200.0);
    }

    @Test
    void aTrainingStartsFromIt() throws IOException {
        Path half = Files.write(folder.resolve("half.pt"), HalfPrecisionArchive.of(original));

        try (var network = new TrainableNetwork(Path.of("model-store/architectures/denoiser/model.pt"), Device.cpu());
                var other = new TrainableNetwork(original, Device.cpu())) {
            assertThat(network.takeWeights(half)).isEqualTo(network.weights().size());
            network.weights().forEach((name, weight) -> {
                float largest = other.weights().get(name).abs().max().getFloat();
                assertThat(weight.sub(other.weights().get(name)).abs().max().getFloat()).as(name).isLessThanOrEqualTo(largest / 2048);
            });
        }
    }

    @Test
    void nothingOfTheNetworksMakingStaysInside() throws IOException {
        Path half = Files.write(folder.resolve("half.pt"), HalfPrecisionArchive.of(original));

        assertThat(names(original)).anyMatch(name -> name.endsWith(".debug_pkl"));
        assertThat(names(half)).noneMatch(name -> name.endsWith(".debug_pkl"));
    }

    @Test
    void tensorsOfOtherTypesAreNotTouched() throws IOException {
        Path mixed = archive("ctorch\nFloatStorage\nctorch\nLongStorage\n");

        assertThatExceptionOfType(TrainingException.class).isThrownBy(() -> HalfPrecisionArchive.of(mixed)).withMessageContaining("float32");
    }

    @Test
    void whatWasTrainedOnAGpuLoadsWithoutOne() throws IOException {
        Path fromGpu = archive("ctorch\nFloatStorage\nX\u0001\0\0\0" + "0X\u0006\0\0\0cuda:0q\u0001");

        byte[] half = HalfPrecisionArchive.of(fromGpu);

        assertThat(index(Files.write(folder.resolve("half.pt"), half)))
                .isEqualTo("ctorch\nHalfStorage\nX\u0001\0\0\0" + "0X\u0003\0\0\0cpuq\u0001");
    }

    private static float[] restored(Path archive, int conditions) {
        try (var network = new TrainableNetwork(archive, Device.cpu()); NDManager scratch = NDManager.newBaseManager("PyTorch")) {
            float[] picture = new float[3 * 32 * 32];
            for (int i = 0; i < picture.length; i++) {
                picture[i] = i * 37 % 256 / 255f;
            }
            NDArray x = scratch.create(picture, new Shape(1, 3, 32, 32));
            return network.restore(x, scratch.full(new Shape(1, conditions), 0.1f), DataType.FLOAT32, false).toFloatArray();
        }
    }

    private static List<String> names(Path archive) throws IOException {
        try (var zip = new ZipFile(archive.toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        }
    }

    private static String index(Path archive) throws IOException {
        try (var zip = new ZipFile(archive.toFile())) {
            return new String(zip.getInputStream(zip.getEntry("archive/data.pkl")).readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private Path archive(String index) throws IOException {
        Path file = folder.resolve("other.pt");
        try (var out = new ZipOutputStream(Files.newOutputStream(file))) {
            out.putNextEntry(new ZipEntry("archive/data.pkl"));
            out.write(index.getBytes(StandardCharsets.ISO_8859_1));
        }
        return file;
    }
}
