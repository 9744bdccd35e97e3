package dev.darkroom.train.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.train.peer.DemosaicNet.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DemosaicNetTest {
    private static final String COLOURS = "RGB";
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final HandMade weights = empty();

    @AfterEach
    void close() {
        manager.close();
    }

    private static HandMade empty() {
        var weights = new HandMade().layer("main_processor.pack_mosaic", 4, 3, 2).layer("residual_predictor", 12, 64, 1)
                .bare("upsampler.weight", 12, 1, 2, 2).bare("upsampler.bias", 3)
                .layer("fullres_processor.post_conv", 64, 6, 3).layer("fullres_processor.output", 3, 64, 1);
        for (int i = 1; i <= 15; i++) {
            weights.layer("main_processor.conv" + i, i == 15 ? 128 : 64, i == 1 ? 4 : 64, 3);
        }
        return weights;
    }

    /** Weights that pass the recorded samples only: each shows in its own colour, and there only. */
    @ParameterizedTest
    @EnumSource(Pattern.class)
    void everySampleIsOfTheColourThatThePatternSays(Pattern pattern) {
        for (int channel = 0; channel < 3; channel++) {
            weights.passes("fullres_processor.post_conv", channel, channel, 1).passes("fullres_processor.output", channel, channel, 1);
        }
        NDArray mosaic = manager.arange(1f, 36f).reshape(1, 1, 5, 7);

        NDArray restored = new DemosaicNet(manager, weights).restore(mosaic, pattern);

        assertThat(restored.getShape()).isEqualTo(new Shape(1, 3, 5, 7));
        for (int row = 0; row < 5; row++) {
            for (int column = 0; column < 7; column++) {
                char colour = pattern.name().charAt(row % 2 * 2 + column % 2);
                for (int channel = 0; channel < 3; channel++) {
                    float expected = colour == COLOURS.charAt(channel) ? mosaic.getFloat(0, 0, row, column) : 0;
                    assertThat(restored.getFloat(0, channel, row, column)).isEqualTo(expected);
                }
            }
        }
    }

    /** Beyond the edge the mosaic goes on with what lies as far inside it, which has the same colour. */
    @ParameterizedTest
    @CsvSource({"2, 2", "3, 2", "6, 9"})
    void continuesTheMosaicByReflection(int height, int width) {
        weights.passes("fullres_processor.output", 0, 0, 1);
        // The tap one column to the left of the centre, for red and green samples alike.
        weights.tap("fullres_processor.post_conv", 0, 0, 3, 1).tap("fullres_processor.post_conv", 0, 1, 3, 1);
        NDArray mosaic = manager.arange(1f, height * width + 1f).reshape(1, 1, height, width);

        NDArray shifted = new DemosaicNet(manager, weights).restore(mosaic, Pattern.RGGB);

        assertThat(shifted.getFloat(0, 0, 0, 0)).isEqualTo(mosaic.getFloat(0, 0, 0, 1));
        assertThat(shifted.getFloat(0, 0, 0, 1)).isEqualTo(mosaic.getFloat(0, 0, 0, 0));
    }

    @Test
    void addsWhatTheMainNetworkFinds() {
        for (int channel = 0; channel < 3; channel++) {
            weights.passes("fullres_processor.post_conv", channel, 3 + channel, 1).passes("fullres_processor.output", channel, channel, 1);
        }
        weights.bias("upsampler", 0.1f, 0.2f, 0.3f);
        NDArray found = new DemosaicNet(manager, weights).restore(manager.ones(new Shape(1, 1, 4, 4)), Pattern.GRBG);
        assertThat(found.reshape(3, -1).mean(new int[] {1}).toFloatArray()).usingComparatorWithPrecision(1e-6f).containsExactly(0.1f, 0.2f, 0.3f);
    }

    @Test
    void refusesTheWeightsOfAnotherNetwork() {
        assertThatExceptionOfType(UnfitWeightsException.class).isThrownBy(() -> new DemosaicNet(manager, new HandMade()));
    }
}
