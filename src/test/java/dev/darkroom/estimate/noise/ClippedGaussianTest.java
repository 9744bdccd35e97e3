package dev.darkroom.estimate.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClippedGaussianTest {

    @ParameterizedTest
    @CsvSource({"128, 10", "128, 100", "0, 30", "255, 30", "20, 25", "240, 70"})
    void agreesWithAMillionClippedSamples(double value, double sigma) {
        var random = new Random(1);
        int count = 1_000_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double sample = Math.min(255, Math.max(0, value + sigma * random.nextGaussian()));
            sum += sample;
            squares += sample * sample;
        }
        double mean = sum / count;
        assertThat(ClippedGaussian.mean(value, sigma)).isCloseTo(mean, within(5 * sigma / Math.sqrt(count)));
        assertThat(ClippedGaussian.variance(value, sigma)).isCloseTo(squares / count - mean * mean, Percentage.withPercentage(1));
    }

    @ParameterizedTest
    @CsvSource({"128, 5", "128, 50", "128, 100", "10, 20", "245, 20", "60, 90"})
    void recoversSigmaFromWhatClippingLeft(double value, double sigma) {
        int[] means = new int[255];
        means[(int) ClippedGaussian.mean(value, sigma)] = 1;
        assertThat(ClippedGaussian.sigmaBeforeClipping(ClippedGaussian.variance(value, sigma), means))
                .isCloseTo(sigma, Percentage.withPercentage(3));
    }

    @ParameterizedTest
    @CsvSource({"-0.1, 0", "0, 0", "0.25, 0.5"})
    void leavesNextToNothingAsItIs(double variance, double sigma) {
        assertThat(ClippedGaussian.sigmaBeforeClipping(variance, new int[] {0, 1})).isEqualTo(sigma);
    }
}
