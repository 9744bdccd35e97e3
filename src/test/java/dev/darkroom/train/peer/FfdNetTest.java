package dev.darkroom.train.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With weights whose effect is known by hand. */
class FfdNetTest {

    private static final int NOISE_MAP = 12;

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({"8, 6", "7, 6", "8, 5", "1, 1"})
    void weightsThatPassEverythingGiveThePictureBack(int height, int width) {
        NDArray picture = manager.randomUniform(0, 1, new Shape(2, 3, height, width));

        assertThat(network(-1).restore(picture, 25, manager)).isEqualTo(picture);
    }

    @Test
    void aFoldedChannelIsOnePixelOfEachSquareOfOneColour() {
        NDArray picture = manager.arange(1f, 49f).reshape(1, 3, 4, 4);

        // Channel 4c + 2dy + dx with c = 1, dy = 1, dx = 0.
        NDArray kept = network(6).restore(picture, 25, manager);

        assertThat(kept.get(0, 1).toFloatArray()).containsExactly(0, 0, 0, 0, 21, 0, 23, 0, 0, 0, 0, 0, 29, 0, 31, 0);
        assertThat(kept.get(0, 0).sum().getFloat() + kept.get(0, 2).sum().getFloat()).isZero();
    }

    @Test
    void anOddSideIsContinuedWithItsLastPixel() {
        NDArray picture = manager.arange(1f, 28f).reshape(1, 3, 3, 3);

        // A kernel that looks one folded pixel to the right shows what lies beyond the border.
        NDArray shifted = network((layer, weight) -> pass(layer, weight, -1, layer == 0 ? 2 : 1))
                .restore(picture, 25, manager);

        assertThat(shifted.get(0, 0).toFloatArray()).containsExactly(3, 3, 0, 6, 6, 0, 9, 9, 0);
    }

    @Test
    void theLastInputIsTheNoiseLevelOnTheUnitScale() {
        NDArray picture = manager.zeros(new Shape(1, 3, 4, 4));

        NDArray restored = network((layer, weight) -> {
            if (layer == 0) {
                weight[(NOISE_MAP * 9) + 4] = 1;
            } else {
                pass(layer, weight, -1, 1);
            }
        }).restore(picture, 51, manager);

        assertThat(restored.getFloat(0, 0, 0, 0)).isCloseTo(0.2f, within(1e-6f));
        assertThat(restored.getFloat(0, 0, 1, 1)).isZero();
    }

    @Test
    void refusesTheWeightsOfAnotherNetwork() {
        assertThatThrownBy(() -> new FfdNet(manager, (owner, name) -> null))
                .isInstanceOf(UnfitWeightsException.class)
                .hasMessageContaining("model.0.weight");
        assertThatThrownBy(() -> new FfdNet(manager, (owner, name) -> owner.zeros(new Shape(64, 13, 3, 3))))
                .isInstanceOf(UnfitWeightsException.class);
    }

    @Test
    void leavesNothingBehindInTheManagers() {
        FfdNet network = network(-1);
        NDArray picture = manager.zeros(new Shape(1, 3, 4, 4));
        network.restore(picture, 25, manager).close();
        int before = manager.getManagedArrays().size();

        network.restore(picture, 25, manager).close();

        assertThat(manager.getManagedArrays()).hasSize(before);
    }

    private interface Weights {
        void fill(int layer, float[] weight);
    }

    /** A network that passes the folded channels through, or only one of them. */
    private FfdNet network(int onlyChannel) {
        return network((layer, weight) -> pass(layer, weight, onlyChannel, 1));
    }

    private static void pass(int layer, float[] weight, int onlyChannel, int column) {
        int inputs = inputs(layer);
        for (int channel = 0; channel < 12; channel++) {
            if (onlyChannel < 0 || onlyChannel == channel) {
                weight[(channel * inputs + channel) * 9 + 3 + column] = 1;
            }
        }
    }

    private FfdNet network(Weights weights) {
        return new FfdNet(manager, (owner, name) -> {
            int layer = Integer.parseInt(name.split("\\.")[1]) / 2;
            int outputs = layer == 11 ? 12 : 96;
            if (name.endsWith("bias")) {
                return owner.zeros(new Shape(outputs));
            }
            float[] weight = new float[outputs * inputs(layer) * 9];
            weights.fill(layer, weight);
            return owner.create(weight, new Shape(outputs, inputs(layer), 3, 3));
        });
    }

    private static int inputs(int layer) {
        return layer == 0 ? 13 : 96;
    }
}
