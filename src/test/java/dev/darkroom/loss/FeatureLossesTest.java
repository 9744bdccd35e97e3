package dev.darkroom.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every loss on features, with a small network of random weights in place of a published one. */
class FeatureLossesTest {

    // So short that no feature changes its rank or its nearest neighbour on the way.
    private static final double STEP = 1e-6;

    private final NDManager manager = NDManager.newBaseManager();
    private final Function<NDArray, NDArray> network = TestFeatures.network(manager);

    static Stream<FeatureLoss> losses() {
        return FeatureLoss.all();
    }

    static Stream<FeatureLoss> symmetric() {
        return losses().filter(FeatureLoss::symmetric);
    }

    static Stream<FeatureLoss> asymmetric() {
        return losses().filter(loss -> !loss.symmetric());
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void isZeroForEqualPicturesAndPositiveForOthers(FeatureLoss loss) {
        assertThat(value(loss, pictures(1), pictures(1))).isBetween(0.0, 1e-5);
        assertThat(value(loss, pictures(1), pictures(2))).isGreaterThan(1e-5);
    }

    @ParameterizedTest
    @MethodSource("symmetric")
    void isSymmetric(FeatureLoss loss) {
        double value = value(loss, pictures(1), pictures(2));

        assertThat(value(loss, pictures(2), pictures(1))).isCloseTo(value, within(1e-9 * value));
    }

    @ParameterizedTest
    @MethodSource("asymmetric")
    void isNotSymmetric(FeatureLoss loss) {
        double value = value(loss, pictures(1), pictures(2));

        assertThat(value(loss, pictures(2), pictures(1))).isNotCloseTo(value, within(1e-3 * value));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void theGradientIsTheSlopeOfTheLoss(FeatureLoss loss) {
        NDArray restored = pictures(1);
        NDArray reference = pictures(2);

        double[] gradient = gradient(loss, restored, reference);

        double[] pixels = restored.toDoubleArray();
        for (int i = 5; i < pixels.length; i += pixels.length / 12) {
            double slope = (valueAt(loss, pixels, i, STEP, reference) - valueAt(loss, pixels, i, -STEP, reference))
                    / (2 * STEP);
            assertThat(gradient[i]).as("pixel %d", i).isCloseTo(slope, within(1e-3 * Math.abs(slope) + 1e-9));
        }
        assertThat(DoubleStream.of(gradient).filter(slope -> slope != 0).count()).isGreaterThan(pixels.length / 10);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void theGradientReachesFeaturesOfSinglePrecision(FeatureLoss loss) {
        NDArray features = network.apply(pictures(1));
        NDArray referenceFeatures = network.apply(pictures(2));
        NDArray single = features.toType(DataType.FLOAT32, true);
        NDArray referenceSingle = referenceFeatures.toType(DataType.FLOAT32, true);

        double[] expected = TestFeatures.gradient(features, x -> loss.of().apply(x, referenceFeatures));
        double[] actual = TestFeatures.gradient(single, x -> loss.of().apply(x, referenceSingle));

        double largest = DoubleStream.of(expected).map(Math::abs).max().orElseThrow();
        assertThat(actual).containsExactly(expected, within(1e-3 * largest));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void theGradientIsFiniteWhereThePicturesAgreeAndWhereTheyAreFlat(FeatureLoss loss) {
        NDArray black = TestPictures.constant(manager, 0, 4, 3, 12, 12);
        NDArray gray = TestPictures.constant(manager, 0.5, 4, 3, 12, 12);
        NDArray picture = pictures(1);

        for (NDArray restored : new NDArray[] {black, gray, picture}) {
            for (NDArray reference : new NDArray[] {black.duplicate(), gray.duplicate(), picture.duplicate()}) {
                assertThat(value(loss, restored, reference)).isFinite();
                assertThat(DoubleStream.of(gradient(loss, restored, reference)).allMatch(Double::isFinite)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void followingTheGradientImprovesThePictures(FeatureLoss loss) {
        NDArray reference = pictures(2);
        double[] pixels = pictures(1).toDoubleArray();
        UnaryOperator<double[]> slope = at -> gradient(loss, manager.create(at, reference.getShape()), reference);
        double before = value(loss, pictures(1), reference);

        double[] improved = adam(pixels, slope);

        assertThat(value(loss, manager.create(improved, reference.getShape()), reference)).isLessThan(0.9 * before);
    }

    private static double[] adam(double[] start, UnaryOperator<double[]> slope) {
        double[] at = start.clone();
        double[] mean = new double[at.length];
        double[] square = new double[at.length];
        for (int step = 1; step <= 50; step++) {
            double[] gradient = slope.apply(at);
            for (int i = 0; i < at.length; i++) {
                mean[i] = 0.9 * mean[i] + 0.1 * gradient[i];
                square[i] = 0.999 * square[i] + 0.001 * gradient[i] * gradient[i];
                double unbiased = Math.sqrt(square[i] / (1 - Math.pow(0.999, step)));
                at[i] -= 0.01 * mean[i] / (1 - Math.pow(0.9, step)) / (unbiased + 1e-8);
            }
        }
        return at;
    }

    private NDArray pictures(long seed) {
        return TestPictures.random(manager, seed, 4, 3, 12, 12);
    }

    private double[] gradient(FeatureLoss loss, NDArray restored, NDArray reference) {
        NDArray features = network.apply(reference);
        return TestFeatures.gradient(restored, x -> loss.of().apply(network.apply(x), features));
    }

    private double value(FeatureLoss loss, NDArray restored, NDArray reference) {
        return loss.of().apply(network.apply(restored), network.apply(reference)).getDouble();
    }

    private double valueAt(FeatureLoss loss, double[] pixels, int index, double step, NDArray reference) {
        double[] moved = pixels.clone();
        moved[index] += step;
        return value(loss, manager.create(moved, reference.getShape()), reference);
    }
}
