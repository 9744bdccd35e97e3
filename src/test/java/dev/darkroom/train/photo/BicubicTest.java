package dev.darkroom.train.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Against Matlab's imresize; its numbers are those of the literature's degraded pictures. */
class BicubicTest {

    @Test
    void weighsSixteenPixelsForAQuarterOfTheSize() {
        double[] half = {-.0017089844, -.0109863281, -.0183105469, -.0119628906, .0227050781, .0974121094, .1818847656, .2409667969};
        double[] taps = Bicubic.taps(4);

        assertThat(taps).hasSize(16);
        for (int i = 0; i < 8; i++) {
            assertThat(taps[i]).isCloseTo(half[i], within(1e-10));
            assertThat(taps[15 - i]).isCloseTo(half[i], within(1e-10));
        }
    }

    @Test
    void mirrorsARampAtItsEnds() {
        float[] ramp = new float[16];
        for (int i = 0; i < 16; i++) {
            ramp[i] = i;
        }
        assertThat(Bicubic.shrunk(new Planes(1, 1, 16, ramp), 4).values()).hasSize(4)
                .containsExactly(new float[] {1.35986328f, 5.48388672f, 9.51611328f, 13.64013672f}, within(1e-6f));
        assertThat(Bicubic.shrunk(new Planes(1, 16, 1, ramp), 4).values())
                .containsExactly(new float[] {1.35986328f, 5.48388672f, 9.51611328f, 13.64013672f}, within(1e-6f));
    }

    @Test
    void spreadsAnImpulse() {
        float[] impulse = new float[16];
        impulse[7] = 1;
        assertThat(Bicubic.shrunk(new Planes(1, 1, 16, impulse), 4).values())
                .containsExactly(new float[] {-.01831055f, .18188477f, .09741211f, -.01098633f}, within(1e-6f));
    }

    @Test
    void keepsAConstantByAnyFactor() {
        float[] constant = new float[13 * 11];
        java.util.Arrays.fill(constant, 0.3f);
        for (int factor = 2; factor <= 4; factor++) {
            Planes low = Bicubic.shrunk(new Planes(1, 13, 11, constant), factor);
            assertThat(low.height()).isEqualTo((13 + factor - 1) / factor);
            for (float value : low.values()) {
                assertThat(value).isCloseTo(0.3f, within(1e-6f));
            }
        }
    }

    @Test
    void enlargesARampAsMatlabDoes() {
        float[] enlarged = Bicubic.enlarged(new Planes(1, 1, 4, new float[] {0, 1, 2, 3}), 4).values();

        assertThat(enlarged).hasSize(4 * 16);
        assertThat(java.util.Arrays.copyOf(enlarged, 4))
                .containsExactly(new float[] {-.1171875f, -.0546875f, .07714844f, .30175781f}, within(1e-6f));
    }
}
