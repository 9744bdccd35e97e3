package dev.darkroom.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.loss.measure.MeasureOption;
import dev.darkroom.loss.measure.MeasureOptionException;
import dev.darkroom.loss.measure.StepLoss;
import dev.darkroom.loss.network.FeatureNetwork;
import dev.darkroom.loss.network.FeatureNetworks;
import dev.darkroom.loss.network.RandomWeights;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StepLossesTest {
    private static final int LARGE = 176;
    private static final int SMALL = 80;

    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final FeatureNetworks networks = RandomWeights.networks();
    private final NDArray restored = picture(1, LARGE);
    private final NDArray reference = picture(2, LARGE);

    @AfterEach
    void close() {
        networks.close();
        manager.close();
    }

    static Stream<String> names() {
        return Measures.all(RandomWeights.networks()).stream().map(measure -> measure.info().name());
    }

    /** No larger than it has to be: gradients of VGG16 take their time. */
    private int side(String name) {
        return name.equals("ms-ssim") || name.equals("d2sm") ? LARGE : SMALL;
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyMeasureTrainsInTheNetworksPrecision(String name) {
        NDArray degraded = picture(1, side(name));
        NDArray clean = picture(2, side(name));
        try (StepLoss loss = StepLosses.named(name, Map.of(), networks, 1)) {
            assertThat(loss.loss(degraded, clean).getDataType()).isEqualTo(DataType.FLOAT32);
            double[] gradient = TestFeatures.gradient(degraded, picture -> loss.loss(picture, clean));
            assertThat(gradient).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
            assertThat(DoubleStream.of(gradient).map(Math::abs).max().orElseThrow()).isPositive();
        }
    }

    /** The engine's binding lends autograd memory of Java's: what is remembered for the gradient must not be such. */
    @ParameterizedTest
    @MethodSource("names")
    void theGradientOutlivesAGarbageCollection(String name) {
        double[] undisturbed = gradient(name, loss -> {});
        double[] disturbed = gradient(name, loss -> Garbage.collect());
        double largestDifference = IntStream.range(0, disturbed.length).mapToDouble(i -> Math.abs(disturbed[i] - undisturbed[i])).max().orElseThrow();
        assertThat(largestDifference).isLessThan(1e-3 * DoubleStream.of(undisturbed).map(Math::abs).max().orElseThrow());
    }

    private double[] gradient(String name, Consumer<NDArray> beforeBackward) {
        NDArray clean = picture(2, side(name));
        try (StepLoss loss = StepLosses.named(name, Map.of(), networks, 1)) {
            return TestFeatures.gradient(picture(1, side(name)), picture -> {
                NDArray value = loss.loss(picture, clean);
                beforeBackward.accept(value);
                return value;
            });
        }
    }

    @Test
    void everyStepDrawsOtherDirectionsAndEveryRunTheSame() {
        Map<String, String> random = Map.of("projection", "rsp", "mode", "global");
        try (StepLoss loss = StepLosses.named("pdl", random, networks, 5); StepLoss again = StepLosses.named("pdl", random, networks, 5)) {
            double first = value(loss);
            double second = value(loss);
            assertThat(second).isNotEqualTo(first);
            assertThat(value(again)).isEqualTo(first);
            assertThat(value(again)).isEqualTo(second);
        }
    }

    @Test
    void semanticStatisticsRememberPastSteps() {
        Map<String, String> small = Map.of("side", "64", "stride", "56", "queue", "24");
        NDArray other = picture(3, 176);
        try (StepLoss loss = StepLosses.named("d2sm", small, networks, 1); StepLoss fresh = StepLosses.named("d2sm", small, networks, 1)) {
            loss.loss(other, reference);
            assertThat(value(loss)).isNotEqualTo(value(fresh));
        }
        Map<String, String> forgetful = Map.of("side", "64", "stride", "56", "queue", "0");
        try (StepLoss loss = StepLosses.named("d2sm", forgetful, networks, 1); StepLoss fresh = StepLosses.named("d2sm", forgetful, networks, 1)) {
            loss.loss(other, reference);
            assertThat(value(loss)).isEqualTo(value(fresh));
        }
    }

    @Test
    void optionsThatOnlyTrainingHasAreNoneOfTheMeasure() {
        assertThat(StepLosses.options("d2sm")).extracting(MeasureOption::name).contains("divergence", "queue");
        assertThatExceptionOfType(MeasureOptionException.class)
                .isThrownBy(() -> Measures.named("d2sm", Map.of("queue", "72"), networks));
        assertThatExceptionOfType(MeasureOptionException.class)
                .isThrownBy(() -> StepLosses.named("d2sm", Map.of("side", "16"), networks, 1));
        assertThatExceptionOfType(UnknownMeasureException.class).isThrownBy(() -> StepLosses.named("vibes", Map.of(), networks, 1));
    }

    /** Squares, because the gradient of absolute differences turns with the sign of each that is nearly 0. */
    @Test
    void bfloat16FeaturesLeadTheSameWay() {
        Map<String, String> squares = Map.of("p", "2");
        try (FeatureNetworks fast = RandomWeights.networksInBfloat16();
                StepLoss exact = StepLosses.named("pdl", squares, networks, 1);
                StepLoss approximate = StepLosses.named("pdl", squares, fast, 1)) {
            assertThat(value(approximate)).isCloseTo(value(exact), within(0.03 * value(exact))).isNotEqualTo(value(exact));
            double[] gradient = TestFeatures.gradient(restored, picture -> exact.loss(picture, reference));
            double[] inBfloat16 = TestFeatures.gradient(restored, picture -> approximate.loss(picture, reference));
            assertThat(cosine(gradient, inBfloat16)).isGreaterThan(0.9);
        }
    }

    static Stream<Arguments> layersOfNetworks() {
        return Stream.of(
                Arguments.of((Function<FeatureNetworks, FeatureNetwork>) networks -> networks.named("vgg16"), new String[] {"relu2_2", "pool1", "conv1_1", "relu5_3"}),
                Arguments.of((Function<FeatureNetworks, FeatureNetwork>) networks -> networks.named("alexnet"), new String[] {"relu1", "pool2", "relu5"}),
                Arguments.of((Function<FeatureNetworks, FeatureNetwork>) networks -> networks.discriminators("mdf-sr").get(3), new String[] {"head", "body", "tail"}));
    }

    @ParameterizedTest
    @MethodSource("layersOfNetworks")
    void bfloat16FeaturesAreWithinAFewPercentLayerByLayer(Function<FeatureNetworks, FeatureNetwork> network, String[] layers) {
        try (FeatureNetworks fast = RandomWeights.networksInBfloat16()) {
            var exact = network.apply(networks).features(restored, layers);
            var approximate = network.apply(fast).features(restored, layers);
            for (int i = 0; i < layers.length; i++) {
                assertThat(approximate.get(i).getShape()).isEqualTo(exact.get(i).getShape());
                double difference = exact.get(i).sub(approximate.get(i)).norm().getFloat() / exact.get(i).norm().getFloat();
                assertThat(difference).as(layers[i]).isPositive().isLessThan(0.03);
            }
        }
    }

    private double value(StepLoss loss) {
        return loss.loss(restored, reference).getFloat();
    }

    private NDArray picture(int seed, int side) {
        var random = new java.util.SplittableRandom(seed);
        float[] values = new float[3 * side * side];
        IntStream.range(0, values.length).forEach(i -> values[i] = (float) random.nextDouble());
        return manager.create(values, new Shape(1, 3, side, side));
    }

    private static double cosine(double[] a, double[] b) {
        double product = IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
        return product / Math.sqrt(DoubleStream.of(a).map(v -> v * v).sum() * DoubleStream.of(b).map(v -> v * v).sum());
    }
}
