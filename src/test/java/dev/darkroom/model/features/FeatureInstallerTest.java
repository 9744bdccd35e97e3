package dev.darkroom.model.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.model.Sha256;
import dev.darkroom.model.numpy.NumpyWriter;
import dev.darkroom.model.pytorch.WeightTensor;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FeatureInstallerTest {

    private static final String PUBLISHED_FILE = "../pytorch/zip.pth";

    @TempDir
    private Path from;

    @TempDir
    private Path features;

    private byte[] published;
    private PublishedWeights weights;
    private FeatureInstaller installer;

    @BeforeEach
    void publish() throws IOException {
        try (InputStream file = FeatureInstallerTest.class.getResourceAsStream(PUBLISHED_FILE)) {
            published = file.readAllBytes();
        }
        var installed = new TreeMap<String, WeightTensor>(Map.of(
                "layer.weight", new WeightTensor(new long[] {2, 1, 1, 1}, new float[] {0.5f, -2}),
                "layer.bias", new WeightTensor(new long[] {2}, new float[] {1, 0.1f})));
        weights = new PublishedWeights("net", "MIT", URI.create("https://example.org/files/net.pth"),
                Sha256.of(published), published.length, "net-weights.npz", Sha256.of(Safetensors.bytes(installed)),
                Pattern.compile("params\\.0\\.(weight|bias)"), "layer.$1");
        installer = new FeatureInstaller(features, (wanted, target) -> Files.write(target, published));
    }

    @Test
    void convertsThePublishedFile() throws IOException {
        assertThat(installer.has(weights)).isFalse();

        installer.fromSource(weights);

        assertThat(installer.has(weights)).isTrue();
        assertThat(names(features)).containsExactly("net-" + weights.sha256().substring(0, 16) + ".safetensors");
    }

    @Test
    void givesTheSameBytesFromAFileInAFolderAndFromAnArchive() throws IOException {
        Files.write(from.resolve("net.pth"), published);
        installer.fromFolder(weights, from);
        byte[] fromFile = Files.readAllBytes(features.resolve(weights.installedFile()));
        Files.delete(features.resolve(weights.installedFile()));
        Files.delete(from.resolve("net.pth"));
        Files.write(from.resolve("net-weights.npz"), archive(0.1f));

        installer.fromFolder(weights, from);

        assertThat(Files.readAllBytes(features.resolve(weights.installedFile()))).isEqualTo(fromFile);
    }

    @Test
    void writesAFormatThatOthersRead() {
        var tensors = new TreeMap<String, WeightTensor>(Map.of("a", new WeightTensor(new long[] {1}, new float[] {1})));

        assertThat(Safetensors.bytes(tensors)).startsWith(54, 0, 0, 0, 0, 0, 0, 0).endsWith(0, 0, 0x80, 0x3f)
                .asString(StandardCharsets.ISO_8859_1).contains("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}");
    }

    @Test
    void refusesADownloadThatIsAnotherFile() throws IOException {
        published[published.length - 1] ^= 1;

        refuses(() -> installer.fromSource(weights), "not the published file");
    }

    @Test
    void refusesAFileOfTheRightNameAndOtherContent() throws IOException {
        Files.write(from.resolve("net.pth"), new byte[100]);

        refuses(() -> installer.fromFolder(weights, from), "not the published file");
    }

    @Test
    void refusesAnArchiveOfOtherWeights() throws IOException {
        Files.write(from.resolve("net-weights.npz"), archive(0.2f));

        refuses(() -> installer.fromFolder(weights, from), "not the published weights of net");
    }

    @Test
    void refusesADamagedArchive() throws IOException {
        Files.write(from.resolve("net-weights.npz"), new byte[100]);

        refuses(() -> installer.fromFolder(weights, from), "net-weights.npz: the zip archive is damaged");
    }

    @Test
    void saysWhatAFolderLacks() throws IOException {
        refuses(() -> installer.fromFolder(weights, from), "neither net.pth nor net-weights.npz");
    }

    @Test
    void noticesAndReplacesADamagedFile() throws IOException {
        installer.fromSource(weights);
        Files.write(features.resolve(weights.installedFile()), new byte[] {1});
        assertThat(installer.has(weights)).isFalse();

        installer.fromSource(weights);

        assertThat(installer.has(weights)).isTrue();
    }

    static List<PublishedWeights> catalogue() {
        return Catalogue.ALL;
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void installsTheArchivesOfThePublishedWeights(PublishedWeights weights) throws IOException {
        Path archives = Path.of("../shared/data/weights");
        assumeTrue(Files.exists(archives.resolve(weights.archive())), "the public weights are not here");

        installer.fromFolder(weights, archives);

        assertThat(installer.has(weights)).isTrue();
    }

    @Test
    void installsAPublishedFileOfLpips() throws IOException {
        Path file = Path.of("../shared/data/weights/public/lpips-v0.1-alex.pth");
        assumeTrue(Files.exists(file), "the public weights are not here");
        Files.copy(file, from.resolve("alex.pth"));
        PublishedWeights lpips = Catalogue.find("lpips-alex").orElseThrow();

        installer.fromFolder(lpips, from);

        assertThat(installer.has(lpips)).isTrue();
    }

    private void refuses(Install install, String message) throws IOException {
        assertThatExceptionOfType(FeatureInstallException.class).isThrownBy(install::run).withMessageContaining(message);
        assertThat(names(features)).isEmpty();
    }

    private interface Install {
        void run() throws IOException;
    }

    private static byte[] archive(float lastBias) {
        var arrays = new LinkedHashMap<String, byte[]>();
        arrays.put("params.0.weight.npy", NumpyWriter.floats("2, 1, 1, 1", 0.5f, -2));
        arrays.put("params.0.bias.npy", NumpyWriter.floats("2,", 1, lastBias));
        return NumpyWriter.archive(arrays);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
