package dev.darkroom.loss.correspondence;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.darkroom.loss.TestFeatures;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FeatureVectorsTest {

    private static final int ROWS = 60;
    private static final int COLUMNS = 90;

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void keepsEveryPositionOfASmallMap() {
        NDArray features = TestFeatures.random(manager, 1, 1, 2, 2, 3);

        FeatureVectors vectors = FeatureVectors.of(features, features, 1, manager);

        assertThat(vectors.restored().toDoubleArray()).containsExactly(features.toDoubleArray());
        assertThat(vectors.places().toDoubleArray()).containsExactly(0, 0, 0, 1, 0, 2, 1, 0, 1, 1, 1, 2);
    }

    @Test
    void keepsTheSameDistinctPositionsOfBothMaps() {
        NDArray numbers = numbers();

        FeatureVectors vectors = FeatureVectors.of(numbers, numbers.neg(), 1, manager);

        double[] kept = vectors.restored().toDoubleArray();
        double[] places = vectors.places().toDoubleArray();
        assertThat(kept).hasSize(65 * 65).doesNotHaveDuplicates();
        assertThat(vectors.reference().neg().toDoubleArray()).containsExactly(kept);
        for (int i = 0; i < kept.length; i++) {
            assertThat(places[2 * i] * COLUMNS + places[2 * i + 1]).isEqualTo(kept[i]);
        }
    }

    @Test
    void theSeedDecidesWhichAreKept() {
        double[] once = FeatureVectors.of(numbers(), numbers(), 1, manager).restored().toDoubleArray();

        assertThat(FeatureVectors.of(numbers(), numbers(), 1, manager).restored().toDoubleArray()).containsExactly(once);
        assertThat(FeatureVectors.of(numbers(), numbers(), 2, manager).restored().toDoubleArray()).isNotEqualTo(once);
    }

    @Test
    void passesTheGradientOfWhatIsKept() {
        NDArray numbers = numbers();

        double[] gradient = TestFeatures.gradient(numbers, x -> FeatureVectors.of(x, x, 1, manager).restored().sum());

        assertThat(DoubleStream.of(gradient).filter(slope -> slope == 1).count()).isEqualTo(65 * 65);
        assertThat(DoubleStream.of(gradient).sum()).isEqualTo(65 * 65);
    }

    private NDArray numbers() {
        double[] numbers = new double[ROWS * COLUMNS];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i;
        }
        return manager.create(numbers).reshape(1, 1, ROWS, COLUMNS);
    }
}
