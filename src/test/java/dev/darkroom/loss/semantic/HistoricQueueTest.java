package dev.darkroom.loss.semantic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.loss.TestFeatures;
import dev.darkroom.loss.semantic.DeepSemanticStatistics.Average;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HistoricQueueTest {

    private final NDManager manager = NDManager.newBaseManager();
    private final HistoricQueue queue = new HistoricQueue(5, manager);

    @AfterEach
    void close() {
        queue.close();
        manager.close();
    }

    @Test
    void putsTheNewestFirstAndForgetsTheOldest() {
        assertThat(restoredAfter(1, 2)).containsExactly(1, 2);
        assertThat(restoredAfter(3, 4)).containsExactly(3, 4, 1, 2);
        assertThat(restoredAfter(5, 6)).containsExactly(5, 6, 3, 4, 1);
        assertThat(restoredAfter(7, 8)).containsExactly(7, 8, 5, 6, 3);
    }

    @Test
    void keepsRestoredAndCleanInStep() {
        queue.push(column(1, 2), column(-1, -2));

        HistoricQueue.Samples samples = queue.push(column(3, 4), column(-3, -4));

        assertThat(samples.clean().neg().toDoubleArray()).containsExactly(samples.restored().toDoubleArray());
    }

    @Test
    void keepsTheFirstOfABatchThatIsTooLarge() {
        assertThat(restoredAfter(1, 2, 3, 4, 5, 6)).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void forgetsEverythingWhenCleared() {
        restoredAfter(1, 2);

        queue.clear();

        assertThat(restoredAfter(3, 4)).containsExactly(3, 4);
    }

    @Test
    void onlyTheCurrentBatchPassesGradients() {
        NDArray batch = TestFeatures.random(manager, 1, 2, 4);
        NDArray clean = TestFeatures.random(manager, 2, 2, 4);

        double[] gradient = TestFeatures.gradient(batch, x -> {
            queue.push(x.mul(2), clean);
            return queue.push(x, clean).restored().sum();
        });

        assertThat(gradient).hasSize(8).containsOnly(1);
    }

    @Test
    void aBatchIsComparedWithWhatIsRemembered() {
        NDArray clean = TestFeatures.random(manager, 2, 2, 4);
        NDArray batch = TestFeatures.random(manager, 3, 2, 4);
        var statistics = new DeepSemanticStatistics(Divergence.KL, Average.ANCHORS);
        queue.push(TestFeatures.random(manager, 1, 2, 4), clean);

        double[] gradient = TestFeatures.gradient(batch, x -> {
            HistoricQueue.Samples samples = queue.push(x, clean);
            return statistics.of(samples.restored(), samples.clean());
        });

        assertThat(gradient).hasSize(8).doesNotContain(0);
    }

    @Test
    void outlivesTheBatchesItWasFilledFrom() {
        try (NDManager step = manager.newSubManager()) {
            queue.push(step.create(new double[] {1, 2}, new Shape(2, 1)), step.create(new double[] {1, 2}, new Shape(2, 1)));
        }

        assertThat(restoredAfter(3)).containsExactly(new double[] {3, 1, 2}, within(0.0));
    }

    private double[] restoredAfter(double... batch) {
        return queue.push(column(batch), column(batch)).restored().toDoubleArray();
    }

    private NDArray column(double... values) {
        return manager.create(values, new Shape(values.length, 1));
    }
}
