package dev.darkroom.loss.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.loss.TestPictures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MomentsTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void areTheTextbooks() {
        NDArray u = manager.create(new double[] {1, 2, 3, 6}, new Shape(1, 1, 2, 2));
        NDArray v = manager.create(new double[] {2, 2, 0, 4}, new Shape(1, 1, 2, 2));

        Moments moments = Moments.of(u, v);

        assertThat(moments.meanU().toDoubleArray()).containsExactly(3);
        assertThat(moments.meanV().toDoubleArray()).containsExactly(2);
        assertThat(moments.varianceU().toDoubleArray()).containsExactly(3.5);
        assertThat(moments.varianceV().toDoubleArray()).containsExactly(2);
        assertThat(moments.covariance().toDoubleArray()).containsExactly(1.5);
    }

    @Test
    void ofPartsMergeIntoThoseOfTheWhole() {
        NDArray u = TestPictures.random(manager, 1, 2, 3, 50, 7);
        NDArray v = TestPictures.random(manager, 2, 2, 3, 50, 7).add(100);
        Moments whole = Moments.of(u, v);

        Moments merged = Moments.of(rows(u, ":13"), rows(v, ":13"))
                .merge(Moments.of(rows(u, "13:20"), rows(v, "13:20")))
                .merge(Moments.of(rows(u, "20:"), rows(v, "20:")));

        assertThat(merged.count()).isEqualTo(350);
        assertThat(merged.meanV().toDoubleArray()).containsExactly(whole.meanV().toDoubleArray(), within(1e-12));
        assertThat(merged.varianceU().toDoubleArray()).containsExactly(whole.varianceU().toDoubleArray(), within(1e-12));
        assertThat(merged.varianceV().toDoubleArray()).containsExactly(whole.varianceV().toDoubleArray(), within(1e-12));
        assertThat(merged.covariance().toDoubleArray()).containsExactly(whole.covariance().toDoubleArray(), within(1e-12));
    }

    @Test
    void flatChannelsHaveNoVarianceInSinglePrecision() {
        NDArray flat = manager.full(new Shape(1, 1, 100, 100), 1234.567f, DataType.FLOAT32);

        assertThat(Moments.of(flat, flat).varianceU().toDoubleArray()[0]).isCloseTo(0, within(1e-6));
    }

    private static NDArray rows(NDArray array, String range) {
        return array.get(new NDIndex(":, :, " + range + ", :"));
    }
}
