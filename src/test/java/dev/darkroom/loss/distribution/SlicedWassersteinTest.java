package dev.darkroom.loss.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.loss.TestFeatures;
import dev.darkroom.loss.arithmetic.Seeds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlicedWassersteinTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    /** A translation by t: |t| / sqrt(2) and 2 |t| / pi in the plane. */
    @ParameterizedTest
    @CsvSource({"2, 3.535534", "1, 3.183099"})
    void ofATranslationIsWhatAnalysisSays(int p, double expected) {
        NDArray u = TestFeatures.random(manager, 1, 1, 2, 2, 3);
        NDArray v = u.add(manager.create(new double[] {3, 4}, new Shape(1, 2, 1, 1)));

        double distance = new SlicedWasserstein(20_000, p, Seeds.fixed(1)).of(u, v).getDouble(0);

        assertThat(distance).isCloseTo(expected, within(0.01 * expected));
    }

    @Test
    void isZeroAndFlatForEqualFeaturesAndSymmetricForOthers() {
        NDArray u = TestFeatures.random(manager, 1, 2, 5, 4, 4);
        NDArray v = TestFeatures.random(manager, 2, 2, 5, 4, 4);
        NDArray same = u.duplicate();

        for (int p : new int[] {1, 2}) {
            var distance = new SlicedWasserstein(16, p, Seeds.fixed(1));
            assertThat(distance.of(u, same).toDoubleArray()).containsExactly(0, 0);
            assertThat(TestFeatures.gradient(u, x -> distance.of(x, same).sum())).containsOnly(0);
            assertThat(distance.of(u, v).toDoubleArray())
                    .containsExactly(distance.of(v, u).toDoubleArray(), within(1e-12));
        }
    }
}
