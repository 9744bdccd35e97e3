package dev.darkroom.loss.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.darkroom.loss.TestFeatures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GramDistanceTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void agreesWithTheWorkedNumbers() {
        NDArray f = TestFeatures.channels(manager, new double[] {1, 2}, new double[] {3, 4});
        NDArray g = TestFeatures.channels(manager, new double[] {1, 2}, new double[] {3, 5});
        int channelsTimesPixels = 4;
        int entries = 4;

        double distance = GramDistance.of(f, g).getDouble(0);

        assertThat(GramDistance.matrix(f).toDoubleArray()).containsExactly(1.25, 2.75, 2.75, 6.25);
        assertThat(GramDistance.matrix(g).mul(channelsTimesPixels).toDoubleArray()).containsExactly(5, 13, 13, 34);
        assertThat(distance).isEqualTo(5.5625);
        // Without the division, and as a mean over the matrix, other implementations get these.
        assertThat(distance * channelsTimesPixels * channelsTimesPixels).isEqualTo(89);
        assertThat(distance / entries).isEqualTo(1.390625);
    }

    @Test
    void isBlindToWhereFeaturesAreButNotToHowChannelsBelongTogether() {
        NDArray f = TestFeatures.random(manager, 1, 2, 4, 5, 3);

        assertThat(GramDistance.of(TestFeatures.shuffledPositions(f, 8), f).toDoubleArray())
                .containsExactly(new double[] {0, 0}, within(1e-20));
        assertThat(GramDistance.of(TestFeatures.shuffledWithinChannels(f, 8), f).min().getDouble()).isGreaterThan(1e-3);
    }

    @Test
    void doesNotDependOnTheRestOfTheBatch() {
        NDArray f = TestFeatures.random(manager, 1, 2, 4, 5, 3);
        NDArray g = TestFeatures.random(manager, 2, 2, 4, 5, 3);

        assertThat(GramDistance.of(f, g).getDouble(1))
                .isCloseTo(GramDistance.of(f.get("1:2"), g.get("1:2")).getDouble(0), within(1e-15));
    }
}
