package dev.darkroom.loss.correspondence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.darkroom.loss.TestFeatures;
import dev.darkroom.loss.TestPictures;
import dev.darkroom.loss.arithmetic.Seeds;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ContextualLossTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 0.411724615", "0.5, 0.405774677", "0.1, 0.405465108"})
    void agreesWithTheWorkedNumbersOfSquaredDistances(double bandwidth, double expected) {
        NDArray x = TestFeatures.channels(manager, new double[] {0, 2, 5});
        NDArray y = TestFeatures.channels(manager, new double[] {1, 3, 7});

        assertThat(loss(Dissimilarity.SQUARED_EUCLIDEAN, bandwidth, x, y)).isCloseTo(expected, within(1e-8));
    }

    @Test
    void theRolesAreNotInterchangeable() {
        NDArray x = TestFeatures.channels(manager, new double[] {0, 2, 5});
        NDArray y = TestFeatures.channels(manager, new double[] {1, 3, 7});

        assertThat(loss(Dissimilarity.SQUARED_EUCLIDEAN, 1, y, x)).isCloseTo(0.203735076, within(1e-8));
        assertThat(loss(Dissimilarity.COSINE, 0.5, others(), corners())).isCloseTo(0.349098957, within(1e-8));
    }

    @Test
    void swappingTheRolesMovesTheCentreOfTheAngles() {
        NDArray distances = Dissimilarity.COSINE.between(corners().flatten(2, -1), others().flatten(2, -1));
        var loss = new ContextualLoss(Dissimilarity.COSINE, 0.5, Seeds.fixed(1));

        // Seen from the same centre, the roles alone make this difference.
        assertThat(loss.ofDistances(distances).getDouble(0)).isCloseTo(0.605076856, within(1e-8));
        assertThat(loss.ofDistances(distances.swapAxes(1, 2)).getDouble(0)).isCloseTo(0.300287092, within(1e-8));
    }

    @Test
    void measuresSquaredDistances() {
        NDArray x = TestFeatures.channels(manager, new double[] {0, 2, 5}).flatten(2, -1);
        NDArray y = TestFeatures.channels(manager, new double[] {1, 3, 7}).flatten(2, -1);

        assertThat(Dissimilarity.SQUARED_EUCLIDEAN.between(x, y).toDoubleArray())
                .containsExactly(new double[] {1, 9, 49, 1, 1, 25, 16, 4, 4}, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.690618884", "0.5, 0.605076856", "1, 0.610616027"})
    void agreesWithTheWorkedNumbersOfAngles(double bandwidth, double expected) {
        assertThat(loss(Dissimilarity.COSINE, bandwidth, corners(), others())).isCloseTo(expected, within(1e-8));
    }

    @ParameterizedTest
    @EnumSource
    void findsNothingOfAFlatPicture(Dissimilarity dissimilarity) {
        NDArray flat = TestPictures.constant(manager, 0.7, 1, 4, 1, 3);

        assertThat(loss(dissimilarity, 0.5, flat, flat)).isCloseTo(Math.log(3), within(1e-9));
        assertThat(loss(dissimilarity, 0.5, TestFeatures.random(manager, 1, 1, 4, 1, 3), flat)).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void aFarAwayFeatureAmongCopiesIsNoTrouble(Dissimilarity dissimilarity) {
        NDArray reference = TestFeatures.random(manager, 1, 1, 4, 3, 3);
        NDArray restored = reference.duplicate();
        restored.set(new NDIndex("0, :, 0, 0"), 1e9);

        double[] gradient = TestFeatures.gradient(
                restored, x -> new ContextualLoss(dissimilarity, 0.1, Seeds.fixed(1)).of(x, reference).sum());

        assertThat(loss(dissimilarity, 0.1, restored, reference)).isBetween(1e-3, Math.log(9));
        assertThat(DoubleStream.of(gradient).allMatch(Double::isFinite)).isTrue();
    }

    @Test
    void bilateralAddsTheDistanceInTheFeatureMap() {
        var loss = new ContextualBilateralLoss(0.1, Seeds.fixed(1));

        assertThat(loss.of(corners(), others()).getDouble(0)).isCloseTo(0.394995286, within(1e-8));
        assertThat(new ContextualBilateralLoss(0, Seeds.fixed(1)).of(corners(), others()).getDouble(0))
                .isLessThan(0.394995286);
    }

    @Test
    void comparesOnlyWithinAPicture() {
        NDArray x = TestFeatures.random(manager, 1, 2, 4, 3, 3);
        NDArray y = TestFeatures.random(manager, 2, 2, 4, 3, 3);

        double[] together = new ContextualLoss(Dissimilarity.COSINE, 0.5, Seeds.fixed(1)).of(x, y).toDoubleArray();

        assertThat(together[0]).isCloseTo(loss(Dissimilarity.COSINE, 0.5, x.get("0:1"), y.get("0:1")), within(1e-12));
        assertThat(together[1]).isCloseTo(loss(Dissimilarity.COSINE, 0.5, x.get("1:2"), y.get("1:2")), within(1e-12));
    }

    private static double loss(Dissimilarity dissimilarity, double bandwidth, NDArray x, NDArray y) {
        return new ContextualLoss(dissimilarity, bandwidth, Seeds.fixed(1)).of(x, y).getDouble(0);
    }

    private NDArray corners() {
        return TestFeatures.vectors(manager, 2,
                new double[] {1, 0, 0}, new double[] {0, 1, 0}, new double[] {0, 0, 1}, new double[] {1, 1, 0});
    }

    private NDArray others() {
        return TestFeatures.vectors(manager, 2,
                new double[] {1, 1, 0}, new double[] {0, 1, 1}, new double[] {1, 0, 1}, new double[] {2, 0, 1});
    }
}
