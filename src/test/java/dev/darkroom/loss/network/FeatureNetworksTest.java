package dev.darkroom.loss.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureNetworksTest {

    private final NDManager manager = NDManager.newBaseManager();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void findsInstalledWeightsByNameAndDigest() throws Exception {
        byte[] file = safetensors("lin0.weight", 1, 2, 3);
        Files.write(folder.resolve("lpips-alex-" + sha256(file).substring(0, 16) + ".safetensors"), file);

        try (var networks = new FeatureNetworks(folder)) {
            assertThat(networks.has("lpips-alex")).isTrue();
            assertThat(networks.has("lpips")).isFalse();
            FeatureWeights weights = networks.weights("lpips-alex");

            assertThat(weights.sha256()).isEqualTo(sha256(file));
            assertThat(weights.like(manager.zeros(new Shape(1))).get("lin0.weight").toFloatArray()).containsExactly(1, 2, 3);
            NDArray precise = weights.like(manager.zeros(new Shape(1), DataType.FLOAT64)).get("lin0.weight");
            assertThat(precise.toDoubleArray()).containsExactly(1, 2, 3);
            assertThat(networks.weights("lpips-alex")).isSameAs(weights);
        }
    }

    @Test
    void refusesDamagedWeights() throws Exception {
        byte[] file = safetensors("alpha", 1, 2, 3);
        String name = "dists-" + sha256(file).substring(0, 16) + ".safetensors";
        file[file.length - 1] ^= 1;
        Files.write(folder.resolve(name), file);

        try (var networks = new FeatureNetworks(folder)) {
            assertThatExceptionOfType(FeatureWeightsException.class)
                    .isThrownBy(() -> networks.weights("dists"))
                    .withMessage("needs the weights 'dists', which are damaged; "
                            + "./darkroom features install dists fetches them again");
        }
    }

    @Test
    void weightsInstalledLaterAreFound() throws Exception {
        byte[] file = safetensors("alpha", 1);
        try (var networks = new FeatureNetworks(folder.resolve("features"))) {
            assertThatExceptionOfType(FeatureWeightsException.class).isThrownBy(() -> networks.weights("dists"));
            Files.createDirectory(folder.resolve("features"));
            Files.write(folder.resolve("features/dists-" + sha256(file).substring(0, 16) + ".safetensors"), file);

            assertThat(networks.weights("dists").sha256()).isEqualTo(sha256(file));
        }
    }

    @Test
    void normalizationWithinAConvolutionIsNormalizationAfterIt() {
        var weights = new HashMap<String, NDArray>(Map.of(
                "b.conv.weight", values(1, 2), "b.conv.bias", values(3, 4),
                "b.norm.weight", values(2, -1), "b.norm.bias", values(0.5, 7),
                "b.norm.running_mean", values(1, 2), "b.norm.running_var", values(4, 9)));
        weights.put("b.conv.weight", weights.get("b.conv.weight").reshape(2, 1, 1, 1));

        Map<String, NDArray> folded = BatchNormalization.folded(weights);

        double input = 5;
        double first = (1 * input + 3 - 1) / Math.sqrt(4 + 1e-5) * 2 + 0.5;
        double second = (2 * input + 4 - 2) / Math.sqrt(9 + 1e-5) * -1 + 7;
        float[] slope = folded.get("b.conv.weight").toFloatArray();
        float[] offset = folded.get("b.conv.bias").toFloatArray();
        assertThat(slope[0] * input + offset[0]).isCloseTo(first, within(1e-5));
        assertThat(slope[1] * input + offset[1]).isCloseTo(second, within(1e-5));
    }

    private NDArray values(double... values) {
        return manager.create(values).toType(DataType.FLOAT32, false);
    }

    private byte[] safetensors(String name, float... values) throws IOException {
        NDArray array = manager.create(values);
        array.setName(name);
        var out = new ByteArrayOutputStream();
        new NDList(array).encode(out, NDList.Encoding.SAFETENSORS);
        return out.toByteArray();
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
