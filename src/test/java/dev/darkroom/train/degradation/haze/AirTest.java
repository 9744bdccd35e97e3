package dev.darkroom.train.degradation.haze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AirTest {

    @Test
    void hazesWhatIsFarTowardsTheColourOfTheAir() {
        var air = new Air(new float[] {0.9f, 0.8f, 0.7f}, 1.5, (u, v) -> u);

        assertThat(air.transmission(0, 0.5)).isEqualTo(1);
        assertThat(air.transmission(1, 0.5)).isCloseTo(Math.exp(-1.5), within(1e-12));
        assertThat(air.hazy(0.2f, 1, air.transmission(0, 0))).isCloseTo(0.2f, within(1e-6f));
        assertThat(air.hazy(0.2f, 1, 0)).isEqualTo(0.8f);
        assertThat(air.hazy(0.2f, 2, 0.5)).isCloseTo(0.45f, within(1e-6f));
    }

    @Test
    void neverSeesThroughMoreOrLessAirThanThereIs() {
        for (int seed = 0; seed < 300; seed++) {
            Air air = Air.random(new SplittableRandom(seed));
            for (int i = 0; i < 100; i++) {
                assertThat(air.transmission(i % 10 / 9.0, i / 10 / 9.0)).isBetween(Math.exp(-1.8), 1.0);
            }
            for (float light : air.color()) {
                assertThat(light).isBetween(0.67f, 1f);
            }
        }
    }
}
