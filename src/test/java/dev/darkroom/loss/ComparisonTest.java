package dev.darkroom.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.loss.measure.Convention;
import dev.darkroom.loss.measure.Convention.Color;
import dev.darkroom.loss.measure.Convention.Quantize;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Samples of files on their way to the measures. */
class ComparisonTest {
    private static final Convention LUMA = new Convention(Color.Y, 0, Quantize.NONE);

    /** A sample by its row, column and channel. */
    private interface Sample {
        int at(int y, int x, int c);
    }

    @ParameterizedTest
    @CsvSource({"8, 3, 10, 13, 255", "8, 1, 0, 255, 255", "16, 3, 1000, 1001, 65535", "16, 1, 255, 256, 65535", "16, 3, 65535, 0, 65535"})
    void takesSamplesOverTheirLargest(int bits, int channels, int restored, int reference, double largest) {
        double mse = mse(samples(5, 4, channels, bits, (y, x, c) -> restored), samples(5, 4, channels, bits, (y, x, c) -> reference),
                Convention.PLAIN);

        double difference = (restored - reference) / largest;
        assertThat(mse).isCloseTo(difference * difference, within(1e-15));
    }

    @Test
    void comparesDepthsOnOneScale() {
        assertThat(mse(samples(5, 4, 3, 16, (y, x, c) -> 257 * (50 * y + 10 * x + c)), samples(5, 4, 3, 8, (y, x, c) -> 50 * y + 10 * x + c),
                Convention.PLAIN)).isLessThan(1e-30);
    }

    @Test
    void takesGrayForRgbWithEqualChannels() {
        Sample gray = (y, x, c) -> 40 * y + x;
        assertThat(mse(samples(7, 6, 1, 8, gray), samples(7, 6, 3, 8, gray), Convention.PLAIN)).isZero();
        assertThat(mse(samples(7, 6, 1, 8, gray), samples(7, 6, 3, 8, gray), LUMA)).isZero();
    }

    @Test
    void knowsRedFromBlue() {
        Samples red = samples(5, 4, 3, 8, (y, x, c) -> c == 0 ? 255 : 0);
        Samples black = samples(5, 4, 3, 8, (y, x, c) -> 0);

        assertThat(mse(red, black, LUMA)).isCloseTo(Math.pow(65.481 / 255, 2), within(1e-15));
    }

    @Test
    void keepsEveryPixelOfALargePictureInItsPlace() {
        var random = new Random(3);
        int[] values = random.ints(2048 * 1500, 0, 256).toArray();
        Sample noise = (y, x, c) -> values[y * 1500 + x];
        int changedRow = 2047;
        Sample changed = (y, x, c) -> y == changedRow ? 255 - noise.at(y, x, c) : noise.at(y, x, c);
        double expected = 0;
        for (int x = 0; x < 1500; x++) {
            expected += Math.pow((255 - 2 * noise.at(changedRow, x, 0)) / 255.0, 2);
        }

        Samples reference = samples(1500, 2048, 3, 8, noise);
        assertThat(mse(samples(1500, 2048, 3, 8, noise), reference, Convention.PLAIN)).isZero();
        assertThat(mse(samples(1500, 2048, 3, 8, changed), reference, Convention.PLAIN)).isCloseTo(expected / values.length, within(1e-12));
    }

    @Test
    void measuresTheSamePairAgainAndAgain() {
        Samples restored = samples(16, 16, 3, 8, (y, x, c) -> 10 * y + x);
        Samples reference = samples(16, 16, 3, 8, (y, x, c) -> 10 * y + x + 3);
        try (var pair = new Comparison(restored, reference, "cpu")) {
            double first = pair.measure(Measures.named("ssim"), Convention.RGB_8BIT);
            pair.measure(Measures.named("psnr"), LUMA);

            assertThat(pair.measure(Measures.named("ssim"), Convention.RGB_8BIT)).isEqualTo(first).isBetween(0.9, 1.0);
        }
    }

    private static double mse(Samples restored, Samples reference, Convention convention) {
        try (var pair = new Comparison(restored, reference, "cpu")) {
            return pair.measure(Measures.named("mse"), convention);
        }
    }

    private static Samples samples(int width, int height, int channels, int bits, Sample sample) {
        return new Samples(width, height, channels, bits, (first, count, buffer) -> {
            for (int y = first; y < first + count; y++) {
                for (int i = 0; i < width * channels; i++) {
                    put(buffer, bits, sample.at(y, i / channels, i % channels));
                }
            }
        });
    }

    private static void put(ByteBuffer buffer, int bits, int value) {
        if (bits == 8) {
            buffer.put((byte) value);
        } else {
            buffer.putShort((short) value);
        }
    }
}
