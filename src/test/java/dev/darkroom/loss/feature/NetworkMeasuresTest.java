package dev.darkroom.loss.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import dev.darkroom.loss.Measures;
import dev.darkroom.loss.TestPictures;
import dev.darkroom.loss.UnknownMeasureException;
import dev.darkroom.loss.measure.Convention;
import dev.darkroom.loss.measure.Measure;
import dev.darkroom.loss.measure.NetworkMeasure;
import dev.darkroom.loss.measure.UnmeasurableException;
import dev.darkroom.loss.network.FeatureNetworks;
import dev.darkroom.loss.network.FeatureWeightsException;
import dev.darkroom.loss.network.RandomWeights;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for the distances between features at the same positions, whatever the network's weights. */
class NetworkMeasuresTest {

    // Small enough that hardly any activation changes its sign within a step.
    private static final double STEP = 1e-6;

    private static final FeatureNetworks NETWORKS = RandomWeights.networks();

    private final NDManager manager = NDManager.newBaseManager();

    static Stream<String> names() {
        return Measures.all(NETWORKS).stream()
                .filter(measure -> measure instanceof FeatureDistance || measure instanceof Dists || measure.info().name().equals("perceptual-l1")).map(measure -> measure.info().name());
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
    void areFoundByName() {
        assertThat(names()).containsExactly("lpips", "lpips-squeeze", "lpips-vgg", "dists",
                "perceptual-l1", "perceptual-l2", "mdf-sr", "mdf-jpeg", "mdf-own");
        assertThat(Measures.named("psnr", NETWORKS).info().unit()).isEqualTo("dB");
        assertThatThrownBy(() -> Measures.named("vibes", NETWORKS))
                .isInstanceOf(UnknownMeasureException.class)
                .hasMessageContaining("no measure is called 'vibes'").hasMessageContaining("psnr").hasMessageContaining("mdf-jpeg");
    }

    @ParameterizedTest
    @CsvSource({
        "lpips, alexnet", "lpips-squeeze, squeezenet1_1", "lpips-vgg, vgg16", "dists, vgg16",
        "perceptual-l1, vgg16", "perceptual-l2, vgg16", "mdf-sr, mdf-sr", "mdf-jpeg, mdf-jpeg",
    })
    void sayWhichWeightsAreMissingAndHowToInstallThem(String name, String weights) {
        try (var none = new FeatureNetworks(Path.of("no", "such", "folder"))) {
            var measure = (NetworkMeasure) Measures.named(name, none);
            NDArray picture = picture(1, 32);

            assertThat(measure.installed()).isFalse();
            assertThatThrownBy(() -> measure.measure(picture, picture, Convention.PLAIN))
                    .isInstanceOf(FeatureWeightsException.class)
                    .hasMessage("needs the weights '%1$s', which are not installed; ./darkroom features install %1$s fetches them"
                            .formatted(weights));
            assertThatThrownBy(measure::provenance).isInstanceOf(FeatureWeightsException.class);
        }
    }

    @Test
    void reportWhatTheirValuesRestOn() {
        String digest = "sha256:" + "0".repeat(64);

        assertThat(measure("lpips").installed()).isTrue();
        assertThat(measure("lpips").provenance()).containsOnly(
                entry("network", "alexnet"), entry("version", "0.1"), entry("weights", digest), entry("lpips-alex", digest));
        assertThat(measure("perceptual-l1").provenance()).containsOnly(
                entry("network", "vgg16"), entry("layer", "relu4_3"), entry("weights", digest));
        assertThat(measure("perceptual-l2").provenance()).containsEntry("layer", "relu2_2");
        assertThat(measure("dists").provenance()).containsEntry("dists", digest);
    }

    @ParameterizedTest
    @MethodSource("names")
    void equalPicturesAreNoDistanceApart(String name) {
        NDArray picture = picture(1, 40);

        assertThat(value(name, picture, picture)).isCloseTo(0, within(name.equals("dists") ? 1e-6 : 0));
        assertThat(value(name, picture(2, 40), picture)).isGreaterThan(1e-4);
    }

    @ParameterizedTest
    @MethodSource("names")
    void theOrderOfThePicturesDoesNotMatter(String name) {
        NDArray u = picture(1, 40);
        NDArray v = picture(2, 40);

        double there = value(name, u, v);

        assertThat(value(name, v, u)).isCloseTo(there, within(1e-6 * there));
    }

    @ParameterizedTest
    @MethodSource("names")
    void measureEveryPictureOfABatchByItself(String name) {
        NDArray u = picture(1, 33).concat(picture(2, 33), 0);
        NDArray v = picture(3, 33).concat(picture(2, 33), 0);

        double[] values = measure(name).measure(u, v, Convention.PLAIN);

        double alone = value(name, picture(1, 33), picture(3, 33));
        assertThat(values).hasSize(2);
        assertThat(values[0]).isCloseTo(alone, within(1e-5 * alone));
        assertThat(values[1]).isCloseTo(0, within(1e-6));
    }

    @ParameterizedTest
    @MethodSource("names")
    void workDownToTheirSmallestSideAndRefuseLess(String name) {
        int side = measure(name).info().smallestSide();
        NDArray smallest = picture(1, side);
        NDArray smaller = picture(1, side - 1);

        assertThat(value(name, smallest, picture(2, side))).isFinite().isPositive();
        assertThatThrownBy(() -> value(name, smaller, smaller))
                .isInstanceOf(UnmeasurableException.class)
                .hasMessageContaining("needs at least %1$dx%1$d pixels".formatted(side));
    }

    @ParameterizedTest
    @MethodSource("names")
    void refusePicturesThatDoNotFit(String name) {
        NDArray picture = picture(1, 40);
        NDArray gray = TestPictures.constant(manager, 0.5, 1, 1, 40, 40);

        assertThatThrownBy(() -> value(name, picture, picture(1, 41))).isInstanceOf(UnmeasurableException.class);
        assertThatThrownBy(() -> value(name, gray, gray))
                .isInstanceOf(UnmeasurableException.class)
                .hasMessageContaining("needs the three channels of RGB");
    }

    @ParameterizedTest
    @MethodSource("names")
    void theGradientIsTheSlopeOfTheLoss(String name) {
        NDArray restored = picture(4, 36);
        NDArray reference = picture(5, 36);
        Measure measure = measure(name);

        double[] gradient = gradient(measure, restored, reference);

        double[] pixels = restored.toDoubleArray();
        double largest = DoubleStream.of(gradient).map(Math::abs).max().orElseThrow();
        assertThat(largest).isPositive();
        for (int i = 5; i < pixels.length; i += 397) {
            double slope = (lossAt(measure, restored, reference, i, STEP)
                    - lossAt(measure, restored, reference, i, -STEP)) / (2 * STEP);
            assertThat(gradient[i]).isCloseTo(slope, within(1e-3 * Math.abs(slope) + 1e-5 * largest));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void theGradientIsFiniteWherePicturesAgreeAndWhereNothingIsActive(String name) {
        for (double shade : new double[] {0, 0.5, 1}) {
            NDArray flat = TestPictures.constant(manager, shade, 1, 3, 36, 36);

            for (NDArray reference : List.of(flat, picture(1, 36))) {
                for (DataType precision : List.of(DataType.FLOAT32, DataType.FLOAT64)) {
                    double[] gradient = gradient(measure(name), flat.toType(precision, true), reference.toType(precision, true));
                    assertThat(DoubleStream.of(gradient).allMatch(Double::isFinite)).isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void followingTheGradientImprovesThePicture(String name) {
        Measure measure = measure(name);
        int side = Math.max(16, measure.info().smallestSide());
        NDArray restored = picture(5, side).toType(DataType.FLOAT32, true);
        NDArray reference = TestPictures.reference(manager, side).toType(DataType.FLOAT32, true);
        double before = value(name, restored, reference);

        for (int step = 0; step < 50; step++) {
            NDArray slope = manager.create(gradient(measure, restored, reference), restored.getShape());
            restored = restored.sub(slope.sign().mul(0.003).toType(DataType.FLOAT32, false));
        }

        assertThat(value(name, restored, reference)).isLessThan(before);
    }

    private static Map.Entry<String, String> entry(String key, String value) {
        return Map.entry(key, value);
    }

    private static NetworkMeasure measure(String name) {
        return (NetworkMeasure) Measures.named(name, NETWORKS);
    }

    private NDArray picture(long seed, int side) {
        return TestPictures.random(manager, seed, 1, 3, side, side);
    }

    private static double value(String name, NDArray restored, NDArray reference) {
        return measure(name).measure(restored, reference, Convention.PLAIN)[0];
    }

    private static double[] gradient(Measure measure, NDArray restored, NDArray reference) {
        restored.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(measure.loss(restored, reference));
        }
        double[] gradient = restored.getGradient().toType(DataType.FLOAT64, false).toDoubleArray();
        restored.setRequiresGradient(false);
        return gradient;
    }

    private double lossAt(Measure measure, NDArray restored, NDArray reference, int index, double step) {
        double[] pixels = restored.toDoubleArray();
        pixels[index] += step;
        return measure.loss(manager.create(pixels, restored.getShape()), reference).getDouble();
    }
}
