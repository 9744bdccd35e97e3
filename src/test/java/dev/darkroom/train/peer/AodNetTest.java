package dev.darkroom.train.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AodNetTest {
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final HandMade weights = new HandMade().layer("e_conv1", 3, 3, 1).layer("e_conv2", 3, 3, 3)
            .layer("e_conv3", 3, 6, 5).layer("e_conv4", 3, 6, 7).layer("e_conv5", 3, 12, 3);
    private final NDArray hazy = manager.create(new float[] {0.5f, 0.6f, 0.7f, 0.8f, 0.9f, 1}, new Shape(1, 3, 1, 2));

    @AfterEach
    void close() {
        manager.close();
    }

    /** Equation 4 with K = 1 is the picture, with K = 2 it is twice as far from white. */
    @Test
    void joinsPictureAndEstimateByEquationFour() {
        weights.bias("e_conv5", 1, 2, 0);
        assertThat(new AodNet(manager, weights).restore(hazy).toFloatArray())
                .usingComparatorWithPrecision(1e-6f).containsExactly(0.5f, 0.6f, 0.4f, 0.6f, 1, 1);
    }

    /** K = 4 I, by way of the first layer and its place among the fifth's inputs, makes 4 I (I - 1) + 1. */
    @Test
    void seesEarlierLayersBesideLaterOnes() {
        for (int channel = 0; channel < 3; channel++) {
            weights.passes("e_conv1", channel, channel, 2).passes("e_conv5", channel, channel, 2);
        }
        assertThat(new AodNet(manager, weights).restore(hazy).toFloatArray())
                .usingComparatorWithPrecision(1e-6f).containsExactly(0, 0.04f, 0.16f, 0.36f, 0.64f, 1);
    }

    @Test
    void isNeverBelowBlack() {
        weights.bias("e_conv5", 4, 4, 4);
        assertThat(new AodNet(manager, weights).restore(hazy).min().getFloat()).isZero();
    }

    @Test
    void refusesTheWeightsOfAnotherNetwork() {
        assertThatExceptionOfType(UnfitWeightsException.class).isThrownBy(() -> new AodNet(manager, new HandMade()));
    }
}
