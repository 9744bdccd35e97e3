package dev.darkroom.train.degradation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianNoiseTest {

    private static final int LENGTH = 1_000_000;

    @ParameterizedTest
    @ValueSource(floats = {15, 25, 50, 100})
    void hasTheMomentsOfAGaussian(float sigma255) {
        double sigma = sigma255 / 255;

        float[] noise = GaussianNoise.sample(7, 3, sigma255, LENGTH);

        double mean = moment(noise, 0, sigma, 1);
        assertThat(mean).isCloseTo(0, within(4 / Math.sqrt(LENGTH)));
        assertThat(Math.sqrt(moment(noise, mean * sigma, sigma, 2))).isCloseTo(1, within(0.01));
        assertThat(moment(noise, mean * sigma, sigma, 3)).isCloseTo(0, within(0.02));
        assertThat(moment(noise, mean * sigma, sigma, 4)).isCloseTo(3, within(0.05));
    }

    @Test
    void isTheSameEveryTimeAndOnEveryMachine() {
        assertThat(GaussianNoise.sample(0, 0, 25, 4)).containsExactly(GaussianNoise.sample(0, 0, 25, 4));
        assertThat(GaussianNoise.sample(0, 0, 25, 3))
                .containsExactly(new float[] {-0.009731863f, 0.026030144f, -0.053681128f}, within(1e-7f));
    }

    @Test
    void isIndependentBetweenSeedsPicturesAndLevels() {
        float[] noise = GaussianNoise.sample(0, 0, 25, LENGTH);

        assertThat(correlation(noise, GaussianNoise.sample(1, 0, 25, LENGTH)))
                .isCloseTo(0, within(4 / Math.sqrt(LENGTH)));
        assertThat(correlation(noise, GaussianNoise.sample(0, 1, 25, LENGTH)))
                .isCloseTo(0, within(4 / Math.sqrt(LENGTH)));
        assertThat(correlation(noise, GaussianNoise.sample(0, 0, 50, LENGTH)))
                .isCloseTo(0, within(4 / Math.sqrt(LENGTH)));
    }

    @Test
    void isNothingAtLevelZero() {
        assertThat(GaussianNoise.sample(0, 0, 0, 100)).containsExactly(new float[100], within(0f));
    }

    private static double moment(float[] values, double center, double scale, int power) {
        double sum = 0;
        for (float value : values) {
            sum += Math.pow((value - center) / scale, power);
        }
        return sum / values.length;
    }

    private static double correlation(float[] a, float[] b) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }
        return ab / Math.sqrt(aa * bb);
    }
}
