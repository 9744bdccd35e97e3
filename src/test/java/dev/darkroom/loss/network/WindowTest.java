package dev.darkroom.loss.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.loss.TestPictures;
import dev.darkroom.loss.network.FeatureNetwork.Reach;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowTest {

    private final FeatureNetworks networks = RandomWeights.networks();
    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
        networks.close();
    }

    @Test
    void partsCoverAPictureOnceAndAreNeverShort() {
        var random = new Random(7);
        for (int round = 0; round < 500; round++) {
            long rows = 1 + random.nextInt(6000);
            long end = 0;

            for (Window window : Window.of(new Shape(1, 3, rows, 40), new Reach(105, 105))) {
                assertThat(window.rows().from()).isEqualTo(end);
                assertThat(window.rows().seenFrom() % 16).isZero();
                end = window.rows().to();
                assertThat(end - window.rows().from()).isBetween(Math.min(rows, 64), 528L + 64);
            }

            assertThat(end).isEqualTo(rows);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vgg16:relu1_2,relu3_3,relu5_3", "alexnet:relu1,relu2,relu5", "squeezenet1_1:relu1,fire3,fire9"})
    void featuresOfThePartsAreThoseOfTheWhole(String network) {
        String[] layers = network.substring(network.indexOf(':') + 1).split(",");
        partsAreTheWhole(networks.named(network.substring(0, network.indexOf(':'))), layers);
    }

    @Test
    void smoothlyPooledFeaturesOfThePartsAreThoseOfTheWhole() {
        partsAreTheWhole(networks.vgg16WithL2Pooling(), new String[] {"relu2_2", "relu5_3"});
    }

    @ParameterizedTest
    @CsvSource({"relu2_2, 6, 7", "relu4_3, 42, 49", "relu5_3, 90, 105"})
    void featuresSeeAsFarAsTheirReceptiveField(String layer, int before, int behind) {
        assertThat(networks.named("vgg16").reach("relu1_1", layer)).isEqualTo(new Reach(before, behind));
    }

    @Test
    void unpaddedFeaturesSeeNothingBeforeThem() {
        assertThat(networks.discriminators("mdf-sr").get(0).reach("head", "tail")).isEqualTo(new Reach(0, 10));
    }

    @Test
    void unpaddedFeaturesOfThePartsAreThoseOfTheWhole() {
        partsAreTheWhole(networks.discriminators("mdf-sr").get(0), new String[] {"head", "body", "tail"});
    }

    @Test
    void theSmallestWindowsShowTheWholeToo() {
        WithinMemory.with(WithinMemory.SIDES.get(WithinMemory.SIDES.size() - 1), () -> {
            partsAreTheWhole(networks.named("vgg16"), new String[] {"relu1_2", "relu5_3"});
            return null;
        });
    }

    private NDArray tall(long seed) {
        return TestPictures.random(manager, seed, 1, 3, 1603, 37).toType(DataType.FLOAT32, false);
    }

    /** At least three parts, one of them in the middle. */
    private void partsAreTheWhole(FeatureNetwork network, String[] layers) {
        NDArray picture = tall(1);
        List<NDArray> whole = network.features(picture, layers);
        List<Window> windows = Window.of(picture.getShape(), network.reach(layers));
        assertThat(windows).hasSizeGreaterThanOrEqualTo(3);

        for (int layer = 0; layer < layers.length; layer++) {
            NDArray together = null;
            for (Window window : windows) {
                NDArray features = network.features(window.of(picture), layers).get(layer);
                NDArray own = window.own(features, network.stride(layers[layer]));
                together = together == null ? own : together.concat(own, 2);
            }
            assertThat(together.getShape()).isEqualTo(whole.get(layer).getShape());
            assertThat((double) together.sub(whole.get(layer)).abs().max().getFloat())
                    .isCloseTo(0, within(1e-5 * whole.get(layer).abs().max().getFloat()));
        }
    }
}
