package dev.darkroom.estimate.colour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.estimate.picture.Picture;
import dev.darkroom.image.Pictures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColorHistogramTest {

    @Test
    void givesTheSmallestValueThatEnoughPixelsDoNotExceed() {
        var histogram = new ColorHistogram();
        for (int value = 1; value <= 100; value++) {
            histogram.add(value, 255 - value, 7);
        }
        assertThat(histogram.summary()).containsExactly(
                1 / 255f, 10 / 255f, 50 / 255f, 90 / 255f, 99 / 255f,
                155 / 255f, 164 / 255f, 204 / 255f, 244 / 255f, 253 / 255f,
                7 / 255f, 7 / 255f, 7 / 255f, 7 / 255f, 7 / 255f);
    }

    @ParameterizedTest
    @CsvSource({"3, 8", "3, 16", "1, 8", "1, 16"})
    void countsEveryPixelOfAPictureInItsUpperEightBits(int channels, int bits) {
        try (var picture = Pictures.smooth(701, 503, channels, bits, 9)) {
            var pixelByPixel = new ColorHistogram();
            int[] samples = Pictures.samples(picture);
            for (int i = 0; i < samples.length; i += channels) {
                int blue = channels == 1 ? i : i + 2;
                pixelByPixel.add(samples[i] >> bits - 8, samples[(i + blue) / 2] >> bits - 8, samples[blue] >> bits - 8);
            }
            assertThat(ColorHistogram.of(Picture.opaque(picture)).summary()).isEqualTo(pixelByPixel.summary());
        }
    }

    @Test
    void namesEveryNumberOfItsSummary() {
        assertThat(ColorHistogram.SUMMARY).hasSameSizeAs(new ColorHistogram().summary()).doesNotHaveDuplicates();
    }
}
