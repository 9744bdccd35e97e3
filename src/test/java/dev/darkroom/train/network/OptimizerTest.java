package dev.darkroom.train.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptimizerTest {

    /** Computed by hand from algorithm 1: gradients 0.1, 0.1, 0.1 move by the rate each time, whatever their size. */
    @Test
    void movesByTheRateAgainstASteadyGradient() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDArray weight = weight(manager, 1);
            var optimizer = new Optimizer(manager, List.of(weight));
            for (int step = 1; step <= 3; step++) {
                gradient(weight, 0.1f);
                optimizer.step(manager, step, 0.01);
            }
            assertThat(weight.getFloat()).isCloseTo(0.97f, within(1e-5f));
        }
    }

    /** Steps 0.4 then -0.2: m = 0.04, 0.016; v = 0.00016, 0.00019984; second change = rate * (m / 0.19) / sqrt(v / 0.001999). */
    @Test
    void followsTheAlgorithmWhenTheGradientTurns() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDArray weight = weight(manager, 0);
            var optimizer = new Optimizer(manager, List.of(weight));
            gradient(weight, 0.4f);
            optimizer.step(manager, 1, 0.01);
            assertThat(weight.getFloat()).isCloseTo(-0.01f, within(1e-6f));
            gradient(weight, -0.2f);
            optimizer.step(manager, 2, 0.01);
            double change = 0.01 * (0.016 / 0.19) / Math.sqrt(0.00019984 / 0.001999);
            assertThat(weight.getFloat()).isCloseTo((float) (-0.01 - change), within(1e-6f));
        }
    }

    @Test
    void aGradientThatIsNotFiniteMovesNothing() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDArray first = weight(manager, 1);
            NDArray second = weight(manager, 2);
            var optimizer = new Optimizer(manager, List.of(first, second));
            gradient(first, 0.1f);
            gradient(second, Float.NaN);

            assertThat(optimizer.step(manager, 1, 0.01)).isFalse();

            assertThat(first.getFloat()).isEqualTo(1);
            assertThat(second.getFloat()).isEqualTo(2);
            gradient(first, 0.1f);
            gradient(second, 0.1f);
            assertThat(optimizer.step(manager, 2, 0.01)).as("it is forgotten by the next step").isTrue();
        }
    }

    @Test
    void clipsTheGradientsNormOverAllWeights() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDArray first = weight(manager, 0);
            NDArray second = weight(manager, 0);
            var optimizer = new Optimizer(manager, List.of(first, second));
            gradient(first, 30);
            gradient(second, 40);
            optimizer.step(manager, 1, 0.01);
            // norm 50 is cut to 0.5: the means are a tenth of 0.3 and 0.4
            assertThat(optimizer.slots().get(0).mean().getFloat()).isCloseTo(0.03f, within(1e-6f));
            assertThat(optimizer.slots().get(1).mean().getFloat()).isCloseTo(0.04f, within(1e-6f));
        }
    }

    @Test
    void averagesTheWeightsAndLendsTheAverages() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDArray weight = weight(manager, 1);
            var optimizer = new Optimizer(manager, List.of(weight));
            gradient(weight, 0.1f);
            optimizer.step(manager, 1, 0.11);
            // decay is (1 + 1) / (10 + 1) at the first step: 2/11 of 1 and 9/11 of 0.89
            float average = optimizer.withAverages(weight::getFloat);
            assertThat(average).isCloseTo(0.91f, within(1e-5f));
            assertThat(weight.getFloat()).isCloseTo(0.89f, within(1e-5f));
        }
    }

    @Test
    void forgetsTheGradientOfASkippedStep() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDArray weight = weight(manager, 1);
            var optimizer = new Optimizer(manager, List.of(weight));
            gradient(weight, Float.NaN);
            optimizer.forget();
            gradient(weight, 0.1f);
            optimizer.step(manager, 1, 0.01);
            assertThat(weight.getFloat()).isCloseTo(0.99f, within(1e-5f));
        }
    }

    @Test
    void leavesNothingBehindInTheWeightsManager() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDArray kernel = manager.ones(new Shape(16, 16, 3, 3));
            kernel.setRequiresGradient(true);
            var optimizer = new Optimizer(manager, List.of(kernel, weight(manager, 1)));
            optimizer.slots().forEach(slot -> gradient(slot.weight(), 1));
            int before = manager.getManagedArrays().size();
            try (NDManager scratch = manager.newSubManager()) {
                optimizer.step(scratch, 1, 0.1);
            }
            assertThat(manager.getManagedArrays()).hasSize(before);
        }
    }

    private static NDArray weight(NDManager manager, float value) {
        NDArray weight = manager.create(new float[] {value}, new Shape(1));
        weight.setRequiresGradient(true);
        return weight;
    }

    private static void gradient(NDArray weight, float value) {
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            collector.backward(weight.mul(value).sum());
        }
    }
}
