package dev.darkroom.train.degradation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NoiseProtocolTest {

    private static final float[] CLEAN = {0, 0.5f, 1};
    private static final float[] NOISE = {-0.1f, 0.001f, 0.3f};

    @Test
    void clippedNoiseIsWhatAFileCanHold() {
        assertThat(NoiseProtocol.CLIPPED.degrade(CLEAN, NOISE)).containsExactly(0, 128 / 255f, 1);
    }

    @Test
    void floatNoiseIsLeftAsItIs() {
        assertThat(NoiseProtocol.FLOAT.degrade(CLEAN, NOISE)).containsExactly(-0.1f, 0.501f, 1.3f);
    }
}
