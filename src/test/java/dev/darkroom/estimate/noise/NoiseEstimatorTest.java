package dev.darkroom.estimate.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.estimate.picture.Picture;
import java.util.Arrays;
import java.util.Optional;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseEstimatorTest {

    @ParameterizedTest
    @CsvSource({"5, 3", "15, 3", "25, 3", "50, 3", "75, 3", "90, 3", "5, 1", "15, 1", "25, 1", "50, 1", "75, 1", "90, 1"})
    void findsTheNoiseThatWasAddedThoughTheFileClippedIt(double sigma, int channels) {
        assertThat(NoisyPicture.scene(480, 320, channels, 8, sigma, 1).estimate()).isCloseTo(sigma, Percentage.withPercentage(6));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void findsNextToNothingInACleanPicture(int channels) {
        assertThat(NoisyPicture.scene(480, 320, channels, 8, 0, 1).estimate()).isBetween(0.0, 1.0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20, 128, 235, 255})
    void undoesClippingWhereverTheCleanValueLies(int value) {
        assertThat(NoisyPicture.flat(value, 300, 200, 3, 40).estimate()).isCloseTo(40, Percentage.withPercentage(10));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 128, 255})
    void findsNoNoiseInAConstantImage(int value) {
        assertThat(NoisyPicture.flat(value, 200, 100, 3, 0).estimate()).isZero();
    }

    @Test
    void givesTheSameAnswerForBothBitDepths() {
        var in8Bits = NoisyPicture.scene(300, 200, 3, 8, 25, 3);
        var in16Bits = NoisyPicture.scene(300, 200, 3, 16, 25, 3);
        assertThat(in16Bits.estimate()).isCloseTo(in8Bits.estimate(), within(0.1)).isCloseTo(25, within(1.5));
    }

    @Test
    void doesNotMistakeRoundingForNoise() {
        double step = 1.0;
        double noise = 0.8;
        double estimate = NoisyPicture.flat(100, 300, 200, 1, noise).estimate();
        assertThat(estimate).isCloseTo(noise, within(0.02)).isLessThan(Math.sqrt(noise * noise + step / 12) - 0.02);
    }

    @Test
    void isNotFooledByAGrayPictureStoredAsRgb() {
        assertThat(NoisyPicture.scene(480, 320, 3, 8, 25, 4).withEqualChannels().estimate()).isCloseTo(25, within(1.5));
    }

    @Test
    void isNotFooledByABurntOutSky() {
        var picture = NoisyPicture.scene(300, 300, 3, 8, 25, 5);
        Arrays.fill(picture.samples(), 0, picture.samples().length / 2, 255);
        assertThat(picture.estimate()).isCloseTo(25, within(2.0));
    }

    @Test
    void judgesByTheSmoothPartOfAPictureThatIsMostlyGravel() {
        var picture = NoisyPicture.flat(120, 300, 300, 3, 5);
        var gravel = NoisyPicture.scene(300, 300, 3, 8, 40, 8).samples();
        System.arraycopy(gravel, 0, picture.samples(), 0, gravel.length * 3 / 4);
        assertThat(picture.estimate()).isCloseTo(5, within(0.5));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 3", "9, 9", "10, 10", "1, 5000", "5000, 9"})
    void saysZeroForAnImageTooSmallToTell(int width, int height) {
        assertThat(NoisyPicture.scene(width, height, 3, 8, 25, 6).estimate()).isZero();
        assertThat(NoisyPicture.scene(width, height, 1, 16, 25, 6).estimate()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"64, 64, 3", "64, 64, 1", "32, 32, 3", "5000, 12, 3", "12, 5000, 3"})
    void managesWithThumbnailsAndStripes(int width, int height, int channels) {
        assertThat(NoisyPicture.flat(120, width, height, channels, 25).estimate()).isCloseTo(25, Percentage.withPercentage(15));
    }

    @Test
    void neverSaysMoreThanTheScaleAllows() {
        assertThat(NoisyPicture.flat(128, 200, 200, 3, 400).estimate()).isEqualTo(100);
    }

    @Test
    void alwaysGivesTheSameAnswerForTheSamePicture() {
        var picture = NoisyPicture.scene(480, 320, 3, 8, 15, 7);
        assertThat(picture.estimate()).isEqualTo(picture.estimate());
    }

    @Test
    void looksAtTheWholeOfALargePictureInBoundedPieces() {
        boolean[] seen = new boolean[16];
        double estimate = NoiseEstimator.sigma255(new Picture(40_000, 30_000, 3, 8, (x, y, width, height, samples) -> {
            assertThat(x).isBetween(0, 40_000 - width);
            assertThat(y).isBetween(0, 30_000 - height);
            assertThat(samples.remaining()).isEqualTo(width * height * 3).isLessThan(100_000);
            seen[(x + width / 2) / 10_000 * 4 + (y + height / 2) / 7_500] = true;
        }, Optional.empty()));
        assertThat(estimate).isZero();
        assertThat(seen).containsOnly(true);
    }

    @Test
    void leavesOutEigenvaluesThatTextureRaised() {
        assertThat(NoiseEstimator.tailMean(new double[] {4, 5, 6, 50, 900})).isEqualTo(5);
        assertThat(NoiseEstimator.tailMean(new double[] {7, 7, 7})).isEqualTo(7);
        assertThat(NoiseEstimator.tailMean(new double[] {3})).isEqualTo(3);
    }
}
