package dev.darkroom.loss.semantic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.loss.TestFeatures;
import dev.darkroom.loss.measure.UnmeasurableException;
import dev.darkroom.loss.semantic.DeepSemanticStatistics.Average;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeepSemanticStatisticsTest {

    private final NDManager manager = NDManager.newBaseManager();

    private NDArray restored;
    private NDArray clean;

    @BeforeEach
    void takeTheWorkedExample() {
        restored = manager.create(new double[] {1, 0, 0, 1, 1, 1}, new Shape(3, 2));
        clean = manager.create(new double[] {1, 0, 0, 1, -1, 1}, new Shape(3, 2));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void theProbabilitiesOfEveryColumnAddUpToOneWithoutTheDiagonal() {
        double[] g = {
            0, 0.3693980625, 0.1464466094,
            0.7734590803, 0, 0.8535533906,
            0.2265409197, 0.6306019375, 0,
        };
        double[] gOfRestored = {
            0, 0.3693980625, 0.5,
            0.3693980625, 0, 0.5,
            0.6306019375, 0.6306019375, 0,
        };

        assertThat(DeepSemanticStatistics.probabilities(clean, false).toDoubleArray()).containsExactly(g, within(1e-10));
        assertThat(DeepSemanticStatistics.probabilities(restored, false).toDoubleArray())
                .containsExactly(gOfRestored, within(1e-10));
    }

    @ParameterizedTest
    @CsvSource({
        "KL, NONE, 0.719167430", "KL, ANCHORS, 0.239722477", "KL, PAIRS, 0.119861238",
        "INVERSE_KL, NONE, 0.616315228", "SYMMETRIC, NONE, 0.667741329", "JENSEN_SHANNON, NONE, 0.160513343",
    })
    void agreesWithTheWorkedNumbers(Divergence divergence, Average average, double expected) {
        assertThat(loss(divergence, average, restored, clean)).isCloseTo(expected, within(1e-9));
    }

    @Test
    void otherNumbersWouldComeOfTheDiagonal() {
        NDArray p = DeepSemanticStatistics.probabilities(restored, true);
        NDArray q = DeepSemanticStatistics.probabilities(clean, true);

        assertThat(Divergence.KL.between(p, q).sum().getDouble()).isCloseTo(0.535043909, within(1e-9));
        assertThat(Divergence.INVERSE_KL.between(p, q).sum().getDouble()).isCloseTo(0.374174769, within(1e-9));
    }

    @Test
    void reproducesWhatTheReleasedCodeReports() {
        assertThat(DeepSemanticStatistics.asReleased(restored, clean).getDouble()).isCloseTo(0.041574803, within(1e-6));
        assertThat(DeepSemanticStatistics.asReleased(clean, restored).getDouble()).isCloseTo(0.059448414, within(1e-6));
    }

    @Test
    void scalingASampleChangesNothing() {
        NDArray scaled = restored.mul(manager.create(new double[] {3, 0.5, 1}, new Shape(3, 1)));

        assertThat(loss(Divergence.KL, Average.NONE, scaled, clean)).isCloseTo(0.719167430, within(1e-9));
    }

    @Test
    void samplesMustBeInTheSameOrderOnBothSides() {
        NDArray permuted = restored.get("{}", manager.create(new long[] {2, 0, 1}));
        NDArray cleanPermuted = clean.get("{}", manager.create(new long[] {2, 0, 1}));

        assertThat(loss(Divergence.KL, Average.NONE, permuted, clean)).isCloseTo(0.928705177, within(1e-9));
        assertThat(loss(Divergence.KL, Average.NONE, permuted, cleanPermuted)).isCloseTo(0.719167430, within(1e-9));
    }

    @Test
    void rotatingTheFeatureSpaceChangesNothing() {
        double angle = 0.7;
        NDArray rotation = manager.create(
                new double[] {Math.cos(angle), -Math.sin(angle), Math.sin(angle), Math.cos(angle)}, new Shape(2, 2));

        assertThat(loss(Divergence.KL, Average.NONE, restored.matMul(rotation), clean.matMul(rotation)))
                .isCloseTo(0.719167430, within(1e-9));
    }

    @ParameterizedTest
    @EnumSource
    void isZeroForEqualFeaturesAndNeverNegative(Divergence divergence) {
        for (int seed = 0; seed < 10; seed++) {
            NDArray u = TestFeatures.random(manager, seed, 5, 3, 2, 2);
            NDArray v = TestFeatures.random(manager, seed + 50, 5, 3, 2, 2);

            assertThat(loss(divergence, Average.ANCHORS, u, u)).isZero();
            assertThat(loss(divergence, Average.ANCHORS, u, v)).isPositive();
        }
    }

    @Test
    void theJensenShannonDivergenceOfAnAnchorNeverExceedsLogTwo() {
        NDArray u = manager.create(new double[] {1, 0, 1, 0, -1, 0, -1, 0}, new Shape(4, 2));
        NDArray v = manager.create(new double[] {1, 0, -1, 0, 1, 0, -1, 0}, new Shape(4, 2));

        assertThat(loss(Divergence.JENSEN_SHANNON, Average.ANCHORS, u, v)).isCloseTo(Math.log(2), within(1e-9));
        assertThat(loss(Divergence.KL, Average.ANCHORS, u, v)).isGreaterThan(Math.log(2));
    }

    @Test
    void featuresOfSinglePrecisionStayWithinTheTolerance() {
        NDArray value = new DeepSemanticStatistics(Divergence.KL, Average.NONE)
                .of(restored.toType(DataType.FLOAT32, true), clean.toType(DataType.FLOAT32, true));

        assertThat(value.getDouble()).isCloseTo(0.719167430, within(1e-4));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void refusesTooFewSamples(int samples) {
        NDArray few = TestFeatures.random(manager, 1, samples, 4);

        assertThatThrownBy(() -> loss(Divergence.KL, Average.ANCHORS, few, few))
                .isInstanceOf(UnmeasurableException.class)
                .hasMessage("needs at least 3 samples to compare, got " + samples);
    }

    private static double loss(Divergence divergence, Average average, NDArray restored, NDArray clean) {
        return new DeepSemanticStatistics(divergence, average).of(restored, clean).getDouble();
    }
}
