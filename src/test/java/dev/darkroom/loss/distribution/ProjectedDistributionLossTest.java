package dev.darkroom.loss.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.darkroom.loss.TestFeatures;
import dev.darkroom.loss.TestPictures;
import dev.darkroom.loss.arithmetic.Seeds;
import dev.darkroom.loss.distribution.RandomProjection.Kind;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProjectedDistributionLossTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({
        "0 1 2, 1 2 3, 1, SUM, 3", "0 1 2, 1 2 3, 1, MEAN, 1", "0 1 2, 1 2 3, 1, NORM, 3",
        "0 1 2, 1 2 3, 2, SUM, 3", "0 1 2, 1 2 3, 2, MEAN, 1", "0 1 2, 1 2 3, 2, NORM, 1.7320508075688772",
        "0 1 2, 2 1 0, 1, SUM, 0", "0 1 2, 2 1 0, 2, NORM, 0",
        "0 2 3, 1 1 1, 1, SUM, 4", "0 2 3, 1 1 1, 1, MEAN, 1.3333333333333333",
        "0 2 3, 1 1 1, 2, SUM, 6", "0 2 3, 1 1 1, 2, MEAN, 2", "0 2 3, 1 1 1, 2, NORM, 2.449489742783178",
        "0 2 3, 1 1 1, 3, SUM, 10",
    })
    void agreesWithTheWorkedNumbersOfOneChannel(String a, String b, int p, Reduction reduction, double expected) {
        NDArray u = TestFeatures.channels(manager, numbers(a));
        NDArray v = TestFeatures.channels(manager, numbers(b));

        assertThat(loss(Projection.IDENTITY, p, reduction, u, v)).isCloseTo(expected, within(1e-11));
    }

    @Test
    void sortsEveryChannelByItself() {
        assertThat(loss(Projection.IDENTITY, 1, Reduction.SUM, twoChannels(), otherTwoChannels())).isEqualTo(9);
        assertThat(loss(Projection.IDENTITY, 1, Reduction.MEAN, twoChannels(), otherTwoChannels())).isEqualTo(1.5);
    }

    @Test
    void projectsOntoADirectionBeforeItSorts() {
        Projection direction = channels -> Projection.onto(new double[][] {{3, 4}});

        assertThat(loss(direction, 1, Reduction.SUM, twoChannels(), otherTwoChannels())).isCloseTo(7.8, within(1e-12));
        assertThat(loss(direction, 1, Reduction.MEAN, twoChannels(), otherTwoChannels())).isCloseTo(2.6, within(1e-12));
    }

    @Test
    void theSlopeReachesEachValueThroughItsRank() {
        NDArray v = TestFeatures.channels(manager, new double[] {1, 0, 3});
        NDArray u = TestFeatures.channels(manager, new double[] {0.3, 2, 1.1});
        var loss = loss(Projection.IDENTITY, 1, Reduction.SUM);

        assertThat(loss.of(u, v).getDouble(0)).isCloseTo(1.4, within(1e-12));
        assertThat(TestFeatures.gradient(u, x -> loss.of(x, v).sum())).containsExactly(1, -1, 1);
    }

    @ParameterizedTest
    @EnumSource
    void theSlopeIsZeroForEqualFeatures(Reduction reduction) {
        NDArray u = TestFeatures.random(manager, 1, 2, 3, 4, 4);
        NDArray v = u.duplicate();

        for (int p : new int[] {1, 2, 3}) {
            var loss = loss(Projection.IDENTITY, p, reduction);
            assertThat(loss.of(u, v).toDoubleArray()).containsExactly(0, 0);
            assertThat(TestFeatures.gradient(u, x -> loss.of(x, v).sum())).containsOnly(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isBlindToWhereFeatureVectorsAre(Kind kind) {
        NDArray u = TestFeatures.random(manager, 1, 1, 6, 5, 4);
        NDArray v = TestFeatures.random(manager, 2, 1, 6, 5, 4);
        NDArray shuffled = TestFeatures.shuffledPositions(u, 9);
        LongSupplier seeds = Seeds.fixed(7);

        for (Projection projection : new Projection[] {Projection.IDENTITY, new RandomProjection(kind, 2, seeds)}) {
            double plain = loss(projection, 1, Reduction.MEAN, u, v);
            assertThat(plain).isPositive();
            assertThat(loss(projection, 1, Reduction.MEAN, shuffled, v)).isCloseTo(plain, within(1e-12));
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheIdentityIsBlindToHowChannelsBelongTogether(Kind kind) {
        NDArray u = TestFeatures.random(manager, 1, 1, 6, 5, 4);
        NDArray v = TestFeatures.random(manager, 2, 1, 6, 5, 4);
        NDArray shuffled = TestFeatures.shuffledWithinChannels(u, 9);
        Projection random = new RandomProjection(kind, 2, Seeds.fixed(7));

        assertThat(loss(Projection.IDENTITY, 1, Reduction.MEAN, shuffled, v))
                .isCloseTo(loss(Projection.IDENTITY, 1, Reduction.MEAN, u, v), within(1e-12));
        assertThat(loss(random, 1, Reduction.MEAN, shuffled, v))
                .isNotCloseTo(loss(random, 1, Reduction.MEAN, u, v), within(1e-4));
    }

    @Test
    void movesAndScalesWithTheFeaturesAndNeverExceedsThePointwiseDistance() {
        for (int seed = 0; seed < 20; seed++) {
            NDArray u = TestFeatures.random(manager, seed, 1, 3, 4, 5);
            NDArray v = TestFeatures.random(manager, seed + 100, 1, 3, 4, 5);
            double distance = loss(Projection.IDENTITY, 1, Reduction.MEAN, u, v);

            assertThat(loss(Projection.IDENTITY, 1, Reduction.MEAN, u.add(-0.7), u)).isCloseTo(0.7, within(1e-12));
            assertThat(loss(Projection.IDENTITY, 1, Reduction.MEAN, u.mul(-3), v.mul(-3)))
                    .isCloseTo(3 * distance, within(1e-12));
            assertThat(loss(Projection.IDENTITY, 1, Reduction.MEAN, v, u)).isCloseTo(distance, within(1e-12));
            assertThat(distance).isPositive().isLessThanOrEqualTo(u.sub(v).abs().mean().getDouble());
        }
    }

    @Test
    void sortsEveryPictureOfABatchByItself() {
        NDArray u = TestFeatures.random(manager, 1, 2, 3, 4, 4);
        NDArray v = TestFeatures.random(manager, 2, 2, 3, 4, 4);

        double[] together = loss(Projection.IDENTITY, 1, Reduction.MEAN).of(u, v).toDoubleArray();

        assertThat(together[0]).isEqualTo(loss(Projection.IDENTITY, 1, Reduction.MEAN, u.get("0:1"), v.get("0:1")));
        assertThat(together[1]).isEqualTo(loss(Projection.IDENTITY, 1, Reduction.MEAN, u.get("1:2"), v.get("1:2")));
    }

    @Test
    void aWeightForSumsBecomesAWeightForMeans() {
        NDArray u = TestPictures.random(manager, 1, 1, 3, 16, 16);
        NDArray v = TestPictures.random(manager, 2, 1, 3, 16, 16);
        NDArray featuresOfU = TestFeatures.random(manager, 3, 1, 512, 2, 2);
        NDArray featuresOfV = TestFeatures.random(manager, 4, 1, 512, 2, 2);
        var sums = new ProjectedDistributionLoss(Projection.IDENTITY, 1, 1, 0.01, Reduction.SUM);
        var means = new ProjectedDistributionLoss(Projection.IDENTITY, 1, 1, 0.01 * 512 / (64 * 3), Reduction.MEAN);

        double ofSums = withPixels(sums, u, v, featuresOfU, featuresOfV).getDouble(0);
        double ofMeans = withPixels(means, u, v, featuresOfU, featuresOfV).getDouble(0);

        assertThat(ofSums / (3 * 16 * 16)).isCloseTo(ofMeans, within(1e-12));
        assertThat(ofMeans).isGreaterThan(u.sub(v).abs().mean().getDouble());
    }

    @Test
    void thePixelNormHasAnOrderOfItsOwn() {
        NDArray u = TestPictures.constant(manager, 0.9, 2, 3, 4, 4);
        NDArray v = TestPictures.constant(manager, 0.5, 2, 3, 4, 4);
        NDArray features = TestFeatures.random(manager, 3, 2, 4, 2, 2);

        var squares = new ProjectedDistributionLoss(Projection.IDENTITY, 1, 2, 0.5, Reduction.MEAN);
        var norm = new ProjectedDistributionLoss(Projection.IDENTITY, 1, 2, 0.5, Reduction.NORM);

        assertThat(withPixels(squares, u, v, features, features.add(2)).toDoubleArray())
                .containsExactly(new double[] {1.16, 1.16}, within(1e-12));
        assertThat(withPixels(norm, u, v, features, features).getDouble(0))
                .isCloseTo(0.4 * Math.sqrt(48), within(1e-11));
    }

    @Test
    void staysInTheFeaturesPrecision() {
        NDArray u = TestFeatures.random(manager, 1, 1, 6, 8, 8);
        NDArray v = TestFeatures.random(manager, 2, 1, 6, 8, 8);
        var loss = loss(new RandomProjection(Kind.RSP, 1, Seeds.fixed(3)), 1, Reduction.MEAN);

        NDArray single = loss.of(u.toType(DataType.FLOAT32, true), v.toType(DataType.FLOAT32, true));

        double expected = loss.of(u, v).getDouble(0);
        assertThat(single.getDataType()).isEqualTo(DataType.FLOAT32);
        assertThat((double) single.getFloat(0)).isCloseTo(expected, within(1e-5 * expected));
    }

    private static ProjectedDistributionLoss loss(Projection projection, int p, Reduction reduction) {
        return new ProjectedDistributionLoss(projection, p, 1, 0.01, reduction);
    }

    private static double loss(Projection projection, int p, Reduction reduction, NDArray u, NDArray v) {
        return loss(projection, p, reduction).of(u, v).getDouble(0);
    }

    private NDArray twoChannels() {
        return TestFeatures.vectors(manager, 1, new double[] {0, 10}, new double[] {1, 20}, new double[] {2, 30});
    }

    private NDArray otherTwoChannels() {
        return TestFeatures.vectors(manager, 1, new double[] {1, 30}, new double[] {2, 10}, new double[] {3, 26});
    }

    private static double[] numbers(String text) {
        return Stream.of(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    /** The objective that trains. */
    private static NDArray withPixels(ProjectedDistributionLoss loss, NDArray u, NDArray v, NDArray features, NDArray referenceFeatures) {
        return loss.pixels(u, v).add(loss.of(features, referenceFeatures).mul(loss.lambda()));
    }
}
