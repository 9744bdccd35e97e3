package dev.darkroom.loss.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.loss.TestPictures;
import dev.darkroom.loss.measure.UnmeasurableException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConvolutionalNetworkTest {

    private final FeatureNetworks networks = RandomWeights.networks();
    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
        networks.close();
    }

    @ParameterizedTest
    @CsvSource({
        "vgg16, relu1_2, 8, 41, 53, 1", "vgg16, relu2_2, 12, 20, 26, 2", "vgg16, relu3_3, 16, 10, 13, 4",
        "vgg16, relu4_3, 20, 5, 6, 8", "vgg16, relu5_3, 20, 2, 3, 16",
        "alexnet, relu1, 8, 9, 12, 4", "alexnet, relu2, 12, 4, 5, 8", "alexnet, relu5, 12, 1, 2, 16",
        // Partial windows count in SqueezeNet: 25 becomes 12, not 11.
        "squeezenet1_1, relu1, 8, 20, 26, 2", "squeezenet1_1, fire3, 8, 10, 13, 4",
        "squeezenet1_1, fire5, 12, 5, 6, 8", "squeezenet1_1, fire9, 20, 2, 3, 16",
    })
    void layersHaveTheSizesOfThePublishedNetworks(
            String network, String layer, int channels, int rows, int columns, int stride) {
        NDArray picture = TestPictures.random(manager, 1, 2, 3, 41, 53).toType(DataType.FLOAT32, false);

        List<NDArray> features = networks.named(network).features(picture, layer);

        assertThat(features.get(0).getShape()).isEqualTo(new Shape(2, channels, rows, columns));
        assertThat(networks.named(network).stride(layer)).isEqualTo(stride);
    }

    @Test
    void smoothPoolingRoundsUp() {
        NDArray picture = TestPictures.random(manager, 1, 1, 3, 41, 53).toType(DataType.FLOAT32, false);

        List<NDArray> features = networks.vgg16WithL2Pooling().features(picture, "relu5_3", "relu2_2");

        assertThat(features.get(0).getShape()).isEqualTo(new Shape(1, 20, 3, 4));
        assertThat(features.get(1).getShape()).isEqualTo(new Shape(1, 12, 21, 27));
    }

    @Test
    void smoothPoolingIsTheRootOfTheWeightedMeanOfSquares() {
        NDArray features = manager.create(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, new Shape(1, 1, 3, 3));

        NDArray pooled = new Layer.L2Pool("pool").apply(features, Map.of());

        double corner = Math.sqrt(0.25 * 1 + 0.125 * (4 + 16) + 0.0625 * 25);
        assertThat(pooled.getShape()).isEqualTo(new Shape(1, 1, 2, 2));
        assertThat(pooled.getDouble(0, 0, 0, 0)).isCloseTo(corner, within(1e-12));
    }

    @Test
    void discriminatorsPadNothing() {
        NDArray picture = TestPictures.random(manager, 1, 1, 3, 20, 15).toType(DataType.FLOAT32, false);

        List<NDArray> features = networks.discriminators("mdf-sr").get(7).features(picture, "head", "body", "tail");

        assertThat(features).extracting(NDArray::getShape)
                .containsExactly(new Shape(1, 6, 18, 13), new Shape(1, 6, 12, 7), new Shape(1, 1, 10, 5));
    }

    @Test
    void givesLayersInTheOrderAskedForAndLeavesThePictureAlone() {
        NDArray picture = TestPictures.random(manager, 1, 1, 3, 32, 32);
        double[] before = picture.toDoubleArray();

        List<NDArray> features = networks.named("vgg16").features(picture, "relu3_3", "conv1_1", "relu1_1");

        assertThat(features).extracting(array -> array.getShape().get(1)).containsExactly(16L, 8L, 8L);
        assertThat(features.get(1).min().getDouble()).isNegative();
        assertThat(features.get(2).toDoubleArray()).isEqualTo(features.get(1).maximum(0).toDoubleArray());
        assertThat(picture.toDoubleArray()).isEqualTo(before);
        assertThat(features).allMatch(array -> array.getManager() == manager);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void runsInThePrecisionOfThePicture(DataType precision) {
        NDArray picture = TestPictures.random(manager, 1, 1, 3, 32, 32);
        NDArray exact = networks.named("alexnet").features(picture, "relu5").get(0);

        NDArray features = networks.named("alexnet").features(picture.toType(precision, true), "relu5").get(0);

        assertThat(features.getDataType()).isEqualTo(precision);
        assertThat(features.toType(DataType.FLOAT64, true).sub(exact).abs().max().getDouble())
                .isLessThan(1e-5 * exact.max().getDouble());
    }

    @Test
    void subtractsTheMeanOfImageNet() {
        NDArray mean = manager.create(new double[] {0.485, 0.456, 0.406}, new Shape(1, 3, 1, 1))
                .broadcast(new Shape(1, 3, 16, 16));

        NDArray features = networks.named("vgg16").features(mean, "conv1_1").get(0);

        NDArray bias = RandomWeights.load("vgg16").like(mean).get("features.0.bias").reshape(1, -1, 1, 1);
        assertThat(features.sub(bias).abs().max().getDouble()).isLessThan(1e-12);
    }

    @Test
    void refusesLayersAndNetworksItDoesNotKnow() {
        FeatureNetwork vgg16 = networks.named("vgg16");
        NDArray picture = TestPictures.constant(manager, 0.5, 1, 3, 32, 32);

        assertThatIllegalArgumentException().isThrownBy(() -> vgg16.features(picture, "relu9_9"))
                .withMessage("vgg16 has no layer relu9_9");
        assertThatIllegalArgumentException().isThrownBy(() -> vgg16.stride("fire2"));
        assertThatIllegalArgumentException().isThrownBy(() -> networks.named("resnet"));
    }

    @Test
    void refusesGray() {
        NDArray gray = TestPictures.constant(manager, 0.5, 1, 1, 32, 32);

        assertThatThrownBy(() -> networks.named("vgg16").features(gray, "relu1_1"))
                .isInstanceOf(UnmeasurableException.class);
    }
}
