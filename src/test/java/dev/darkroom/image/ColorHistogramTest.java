package dev.darkroom.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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

    @Test
    void namesEveryNumberOfItsSummary() {
        assertThat(ColorHistogram.SUMMARY).hasSameSizeAs(new ColorHistogram().summary()).doesNotHaveDuplicates();
    }
}
