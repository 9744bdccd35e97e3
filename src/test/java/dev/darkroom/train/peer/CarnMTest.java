package dev.darkroom.train.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CarnMTest {
    private static final int FEATURES = 64;
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final HandMade weights = empty();

    @AfterEach
    void close() {
        manager.close();
    }

    private static HandMade empty() {
        var weights = new HandMade().layer("sub_mean.shifter", 3, 3, 1).layer("entry", FEATURES, 3, 3)
                .layer("exit", 3, FEATURES, 3).layer("add_mean.shifter", 3, 3, 1);
        for (int i = 1; i <= 3; i++) {
            weights.layer("c" + i + ".body.0", FEATURES, (i + 1) * FEATURES, 1);
            weights.layer("b" + i + ".b1.body.0", FEATURES, 16, 3).layer("b" + i + ".b1.body.2", FEATURES, 16, 3)
                    .layer("b" + i + ".b1.body.4", FEATURES, FEATURES, 1);
            for (int j = 1; j <= 3; j++) {
                weights.layer("b" + i + ".c" + j + ".body.0", FEATURES, (j + 1) * FEATURES, 1);
            }
        }
        return weights.layer("upsample.up4.body.0", 4 * FEATURES, 16, 3).layer("upsample.up4.body.3", 4 * FEATURES, 16, 3);
    }

    /** The picture through the cascade's history, four equal copies of each channel, and two shuffles: nearest neighbours. */
    @Test
    void weightsThatCopyEveryPixelEnlargeByNearestNeighbours() {
        for (int channel = 0; channel < 3; channel++) {
            weights.passes("sub_mean.shifter", channel, channel, 1).passes("entry", channel, channel, 1)
                    .passes("c3.body.0", channel, channel, 1).passes("exit", channel, channel, 1)
                    .passes("add_mean.shifter", channel, channel, 1);
            for (int copy = 0; copy < 4; copy++) {
                weights.passes("upsample.up4.body.0", 4 * channel + copy, channel, 1)
                        .passes("upsample.up4.body.3", 4 * channel + copy, channel, 1);
            }
        }
        NDArray small = manager.randomUniform(0, 1, new Shape(2, 3, 5, 4));

        NDArray large = new CarnM(manager, weights).restore(small);

        assertThat(large.allClose(small.repeat(2, 4).repeat(3, 4), 1e-6, 1e-6, false)).isTrue();
    }

    @Test
    void takesTheMeanAwayAndGivesItBack() {
        weights.bias("sub_mean.shifter", -0.4f, -0.4f, -0.4f).bias("exit", 0.1f, 0.2f, 0.3f).bias("add_mean.shifter", 0.4f, 0.5f, 0.6f);
        for (int channel = 0; channel < 3; channel++) {
            weights.passes("add_mean.shifter", channel, channel, 1);
        }
        NDArray large = new CarnM(manager, weights).restore(manager.zeros(new Shape(1, 3, 1, 1)));
        assertThat(large.reshape(3, -1).mean(new int[] {1}).toFloatArray()).usingComparatorWithPrecision(1e-6f).containsExactly(0.5f, 0.7f, 0.9f);
    }

    /** Without any weight the residual block passes its input on, so the block's history holds it in each of four places. */
    @Test
    void everyStageOfABlockAddsToWhatItWasGiven() {
        weights.passes("sub_mean.shifter", 0, 0, 1).passes("entry", 0, 0, 1).passes("b1.c1.body.0", 0, FEATURES, 1)
                .passes("b1.c2.body.0", 0, 2 * FEATURES, 1).passes("b1.c3.body.0", 0, 3 * FEATURES, 1)
                .passes("c1.body.0", 0, FEATURES, 1).passes("c3.body.0", 0, FEATURES, 2)
                .passes("upsample.up4.body.0", 0, 0, 1).passes("upsample.up4.body.3", 0, 0, 1)
                .passes("exit", 0, 0, 1).passes("add_mean.shifter", 0, 0, 1);
        NDArray large = new CarnM(manager, weights).restore(manager.full(new Shape(1, 3, 1, 1), 0.25f));
        assertThat(large.max().getFloat()).isEqualTo(0.5f);
    }

    @Test
    void refusesTheWeightsOfAnotherNetwork() {
        assertThatExceptionOfType(UnfitWeightsException.class).isThrownBy(() -> new CarnM(manager, new HandMade()));
    }
}
