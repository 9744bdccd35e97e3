package dev.darkroom.train.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MuonTest {
    private final NDManager manager = NDManager.newBaseManager("PyTorch");

    @AfterEach
    void close() {
        manager.close();
    }

    /** Of a matrix with singular values 1, 0.5, 0.1 and 0.02 in known directions, the directions stay and the values near 1. */
    @ParameterizedTest
    @CsvSource({"4, 6", "4, 4", "6, 4"})
    void keepsTheDirectionsOfAMatrixAndEvensItsSingularValues(int rows, int columns) {
        float[] values = new float[rows * columns];
        float[] singular = {1, 0.5f, -0.1f, 0.02f};
        for (int i = 0; i < 4; i++) {
            values[i * columns + i] = singular[i];
        }
        float[] even = Muon.orthogonalized(rotation(rows).matMul(manager.create(values, new Shape(rows, columns))).expandDims(0)).toFloatArray();
        NDArray back = rotation(rows).transpose().matMul(manager.create(even, new Shape(rows, columns)));
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                float value = back.getFloat(row, column);
                if (row == column) {
                    assertThat(value * Math.signum(singular[row])).isBetween(0.65f, 1.25f);
                } else {
                    assertThat(value).isCloseTo(0, within(1e-4f));
                }
            }
        }
    }

    @Test
    void aFeatureThatHasDiedLeavesNothingThatIsSlowToMultiply() {
        NDArray momentum = manager.randomNormal(new Shape(1, 16, 144));
        momentum.get(new NDIndex("0, 3")).muli(1e-30);

        float[] change = Muon.orthogonalized(momentum).get(new NDIndex("0, 3")).toFloatArray();

        assertThat(change).containsOnly(0);
    }

    /** A rotation by 0.3 radians in the plane of the first two axes. */
    private NDArray rotation(int size) {
        NDArray rotation = manager.eye(size);
        float cosine = (float) Math.cos(0.3);
        float sine = (float) Math.sin(0.3);
        rotation.set(new NDIndex(0, 0), cosine);
        rotation.set(new NDIndex(1, 1), cosine);
        rotation.set(new NDIndex(0, 1), -sine);
        rotation.set(new NDIndex(1, 0), sine);
        return rotation;
    }

    @Test
    void changesByTwoTenthsInTheMeanWhateverTheGradientsSize() {
        for (double size : new double[] {1e-6, 1, 1e3}) {
            NDArray gradient = manager.randomNormal(new Shape(1, 32, 16, 3, 3)).mul(size);
            NDArray change = Muon.change(gradient, manager.zeros(gradient.getShape()));
            assertThat(Math.sqrt(change.square().mean().getFloat())).isBetween(0.13, 0.25);
            assertThat(change.mul(gradient).sum().getFloat()).isPositive();
        }
    }

    @Test
    void goesOnWhereEarlierGradientsPointed() {
        NDArray momentum = manager.zeros(new Shape(1, 16, 16, 1, 1));
        NDArray first = manager.eye(16).reshape(1, 16, 16, 1, 1);
        for (int i = 0; i < 5; i++) {
            Muon.change(first, momentum);
        }
        NDArray change = Muon.change(first.mul(-0.1), momentum);
        assertThat(change.get(0, 0, 0, 0, 0).getFloat()).isPositive();
    }

    @Test
    void eachMatrixHasItsOwnSize() {
        NDArray small = manager.randomNormal(new Shape(1, 16, 18, 3, 3)).mul(1e-3);
        NDArray large = manager.randomNormal(new Shape(1, 16, 18, 3, 3));
        NDArray together = Muon.change(small.concat(large), manager.zeros(new Shape(2, 16, 18, 3, 3)));
        assertThat(together.get("0:1").sub(Muon.change(small, manager.zeros(small.getShape()))).abs().max().getFloat()).isLessThan(1e-5f);
        assertThat(together.get("1:2").sub(Muon.change(large, manager.zeros(large.getShape()))).abs().max().getFloat()).isLessThan(1e-5f);
    }

    @Test
    void isForKernelsBetweenHiddenLayers() {
        assertThat(Muon.fits(new Shape(64, 48, 3, 3))).isTrue();
        assertThat(Muon.fits(new Shape(64, 3, 3, 3))).isFalse();
        assertThat(Muon.fits(new Shape(12, 64, 3, 3))).isFalse();
        assertThat(Muon.fits(new Shape(64))).isFalse();
    }
}
