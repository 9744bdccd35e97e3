package dev.darkroom.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.darkroom.loss.arithmetic.PatchGrid;
import dev.darkroom.loss.measure.Convention;
import dev.darkroom.loss.measure.Measure;
import dev.darkroom.loss.measure.MeasureOptionException;
import dev.darkroom.loss.measure.NetworkMeasure;
import dev.darkroom.loss.measure.UnmeasurableException;
import dev.darkroom.loss.network.FeatureMap;
import dev.darkroom.loss.network.FeatureNetwork;
import dev.darkroom.loss.network.FeatureNetworks;
import dev.darkroom.loss.network.FeatureWeightsException;
import dev.darkroom.loss.network.RandomWeights;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for the measures of distributions, correspondences and statistics of features, whatever the network's weights. */
class FeatureMeasuresTest {

    private static final FeatureNetworks NETWORKS = RandomWeights.networks();

    private final NDManager manager = NDManager.newBaseManager();

    static Stream<String> names() {
        return Stream.of("gram", "pdl", "pdl-loss", "swd", "contextual-dp", "contextual-l2", "cobi", "d2sm");
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @AfterAll
    static void closeNetworks() {
        NETWORKS.close();
    }

    @Test
    void theCatalogueNamesEveryMeasure() {
        assertThat(Measures.all(NETWORKS)).extracting(measure -> measure.info().name()).containsExactly(
                "mse", "l1", "charbonnier", "psnr", "ssim", "ms-ssim", "grid", "lpips", "lpips-squeeze", "lpips-vgg", "dists",
                "perceptual-l1", "perceptual-l2", "gram", "pdl", "pdl-loss", "swd", "contextual-dp", "contextual-l2", "cobi",
                "d2sm", "mdf-sr", "mdf-jpeg", "mdf-own");
    }

    @ParameterizedTest
    @MethodSource("names")
    void equalPicturesAreAsGoodAsNoDistanceApart(String name) {
        NDArray picture = picture(1, side(name));

        assertThat(value(name, Map.of(), picture, picture)).isBetween(0.0, 1e-5);
        assertThat(value(name, Map.of(), picture(2, side(name)), picture)).isGreaterThan(1e-9);
    }

    @ParameterizedTest
    @MethodSource("names")
    void measureEveryPictureOfABatchByItself(String name) {
        NDArray u = picture(1, side(name)).concat(picture(2, side(name)), 0);
        NDArray v = picture(3, side(name)).concat(picture(2, side(name)), 0);

        double[] values = measure(name, Map.of()).measure(u, v, Convention.PLAIN);

        double alone = value(name, Map.of(), picture(1, side(name)), picture(3, side(name)));
        assertThat(values).hasSize(2);
        assertThat(values[0]).isCloseTo(alone, within(1e-4 * alone));
        assertThat(values[1]).isBetween(0.0, 1e-5);
    }

    @ParameterizedTest
    @MethodSource("names")
    void theGradientReachesThePixels(String name) {
        NDArray restored = picture(1, side(name)).toType(DataType.FLOAT32, false);
        NDArray reference = picture(2, side(name)).toType(DataType.FLOAT32, false);

        double[] gradient = TestFeatures.gradient(restored, x -> measure(name, Map.of()).loss(x, reference));

        assertThat(DoubleStream.of(gradient)).allMatch(Double::isFinite);
        assertThat(DoubleStream.of(gradient).filter(slope -> slope != 0).count()).isGreaterThan(gradient.length / 2);
    }

    @ParameterizedTest
    @MethodSource("names")
    void sayWhichWeightsAreMissing(String name) {
        try (var none = new FeatureNetworks(Path.of("no", "such", "folder"))) {
            var measure = (NetworkMeasure) Measures.named(name, none);
            NDArray picture = picture(1, side(name));

            assertThat(measure.installed()).isFalse();
            assertThatThrownBy(() -> measure.measure(picture, picture, Convention.PLAIN)).isInstanceOf(FeatureWeightsException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void reportTheOptionsThatTheirValuesRestOn(String name) {
        Map<String, String> provenance = ((NetworkMeasure) measure(name, Map.of())).provenance();

        assertThat(provenance).containsKeys("network", "weights");
        Measures.options(name).forEach(option -> assertThat(provenance).containsEntry(option.name(), option.standard()));
    }

    @Test
    void aMapMadeOfWindowsIsTheMapOfTheWholePicture() {
        NDArray wide = TestPictures.random(manager, 5, 1, 3, 90, 1100).toType(DataType.FLOAT32, false);
        FeatureNetwork network = NETWORKS.named("vgg16");

        NDArray map = new FeatureMap(network, "relu4_3").of(wide);

        NDArray whole = network.features(wide, "relu4_3").get(0);
        assertThat(map.getShape()).isEqualTo(whole.getShape());
        assertThat(map.sub(whole).abs().max().getFloat()).isLessThan(1e-4f);
    }

    @Test
    void aPictureOfOneTileIsTheSameInBothModesAndALargerOneIsNot() {
        assertThat(value("pdl", Map.of("mode", "global"), picture(1, 64), picture(2, 64)))
                .isCloseTo(value("pdl", Map.of(), picture(1, 64), picture(2, 64)), within(1e-9));
        double tiles = value("pdl", Map.of(), picture(1, 300), picture(2, 300));
        assertThat(value("pdl", Map.of("mode", "global"), picture(1, 300), picture(2, 300))).isNotCloseTo(tiles, within(0.01 * tiles));
    }

    @ParameterizedTest
    @CsvSource({"pdl, projection, rsp", "pdl, p, 2", "pdl, reduction, sum", "pdl-loss, lambda, 1", "pdl-loss, q, 2", "swd, directions, 3",
        "swd, p, 1", "contextual-dp, h, 1", "cobi, weight, 5", "d2sm, divergence, jsd", "d2sm, average, none"})
    void anotherChoiceIsAnotherValue(String name, String option, String choice) {
        NDArray u = picture(1, side(name));
        NDArray v = picture(2, side(name));

        assertThat(value(name, Map.of(option, choice), u, v)).isNotEqualTo(value(name, Map.of(), u, v));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "psnr | p | 2 | psnr has no option 'p'; it has none",
        "pdl | lambda | 2 | pdl has no option 'lambda'; it has mode, projection, multiple, p, reduction, layer, seed",
        "pdl | p | 3 | pdl.p is one of 1, 2",
        "pdl | multiple | 9 | pdl.multiple is a whole number from 1 to 8",
        "swd | directions | many | swd.directions is a whole number from 1 to 4096",
        "contextual-dp | h | NaN | contextual-dp.h is a number above 0 and up to 1000.0",
        "d2sm | windows | 2 | d2sm.windows is a whole number from 3 to 2048"})
    void refuseOptionsThatTheyDoNotHave(String name, String option, String value, String message) {
        assertThatThrownBy(() -> measure(name, Map.of(option, value)))
                .isInstanceOf(MeasureOptionException.class).hasMessage(message);
    }

    @Test
    void statisticsOfALargePictureTakeFewerWindows() {
        NDArray u = TestPictures.random(manager, 1, 1, 3, 224, 560);
        NDArray v = TestPictures.random(manager, 2, 1, 3, 224, 560);

        double sparse = value("d2sm", Map.of("windows", "4", "average", "none"), u, v);

        assertThat(new PatchGrid(224, 56).count(u.getShape())).isEqualTo(7);
        assertThat(new PatchGrid(224, 112).count(u.getShape())).isEqualTo(4);
        assertThat(sparse).isNotEqualTo(value("d2sm", Map.of("average", "none"), u, v)).isPositive();
    }

    @Test
    void statisticsNeedThreeWindows() {
        NDArray picture = TestPictures.random(manager, 1, 1, 3, 224, 280);

        assertThatThrownBy(() -> value("d2sm", Map.of(), picture, picture))
                .isInstanceOf(UnmeasurableException.class).hasMessage("needs at least 3 samples to compare, got 2");
    }

    private static int side(String name) {
        return name.equals("d2sm") ? 280 : 48;
    }

    private NDArray picture(long seed, int side) {
        return TestPictures.random(manager, seed, 1, 3, side, side);
    }

    private static Measure measure(String name, Map<String, String> options) {
        return Measures.named(name, options, NETWORKS);
    }

    private static double value(String name, Map<String, String> options, NDArray u, NDArray v) {
        return measure(name, options).measure(u, v, Convention.PLAIN)[0];
    }
}
