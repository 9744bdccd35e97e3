package dev.darkroom.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.image.tile.Region;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplingTest {
    private static final Light[] LIGHTS = {Light.OF_SRGB, Light.NONE};

    @ParameterizedTest
    @CsvSource({"1, 8", "3, 8", "1, 16", "3, 16"})
    void leavesEverySampleAloneWhereTheSizeStays(int channels, int bits) {
        try (Raster picture = picture(700, 400, channels, bits, (x, y) -> new Random(31L * x + 700L * y).nextInt(1 << bits))) {
            for (Light light : LIGHTS) {
                try (Raster same = Resampling.of(picture, Framing.whole(new Dimensions(700, 400), new Dimensions(700, 400)), light)) {
                    assertThat(Pictures.samples(same)).isEqualTo(Pictures.samples(picture));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 100, 254, 255})
    void keepsAFlatPictureFlat(int level) {
        try (Raster flat = picture(61, 47, 3, 8, (x, y) -> level); Raster small = smaller(flat, 13, 29, Light.OF_SRGB)) {
            assertThat(Pictures.samples(small)).containsOnly(level);
        }
    }

    /** From afar a chessboard of black and white is as light as half of white, which sRGB calls 188. */
    @Test
    void averagesLightAndNotSamples() {
        try (Raster board = picture(64, 64, 1, 8, (x, y) -> (x + y) % 2 * 255);
                Raster seen = smaller(board, 16, 16, Light.OF_SRGB); Raster mask = smaller(board, 16, 16, Light.NONE)) {
            assertThat(Arrays.stream(Pictures.samples(seen)).boxed()).allMatch(sample -> Math.abs(sample - 188) <= 1);
            assertThat(Arrays.stream(Pictures.samples(mask)).boxed()).allMatch(sample -> Math.abs(sample - 128) <= 1);
        }
    }

    /** Stripes too fine for the smaller picture, which a filter that is not stretched shows as coarser ones. */
    @Test
    void letsNothingComeBackAsAPattern() {
        try (Raster stripes = picture(900, 40, 1, 16, (x, y) -> (int) Math.round(32768 + 30000 * Math.sin(x * 2.2)));
                Raster small = smaller(stripes, 300, 40, Light.NONE)) {
            int[] samples = Pictures.samples(small);
            for (int x = 10; x < 290; x++) { // at the edge a window is cut off
                assertThat(samples[20 * 300 + x]).isCloseTo(32768, within(1000));
            }
        }
    }

    /** Stripes that it has room for come through with nearly all of their contrast. */
    @Test
    void keepsWhatThereIsRoomFor() {
        try (Raster stripes = picture(900, 40, 1, 16, (x, y) -> (int) Math.round(32768 + 30000 * Math.sin(x * 0.5)));
                Raster small = smaller(stripes, 300, 40, Light.NONE)) {
            int[] samples = Pictures.samples(small);
            for (int x = 10; x < 290; x++) {
                assertThat(samples[20 * 300 + x]).isCloseTo((int) Math.round(32768 + 30000 * Math.sin((3 * x + 1) * 0.5)), within(2500));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"100, 75", "100, 50", "97, 31", "101, 100"})
    void movesNothing(int from, int to) {
        double middle = 0.3;
        try (Raster blob = picture(from, from, 1, 16, (x, y) -> (int) (60000 * Math.exp(-square((x + 0.5) / from - middle) / 0.004 - square((y + 0.5) / from - 0.6) / 0.004)));
                Raster small = smaller(blob, to, to, Light.NONE)) {
            int[] samples = Pictures.samples(small);
            double sum = 0;
            double across = 0;
            for (int i = 0; i < samples.length; i++) {
                sum += samples[i];
                across += samples[i] * (i % to + 0.5) / to;
            }
            assertThat(across / sum).isCloseTo(middle, within(0.0005));
        }
    }

    @Test
    void takesThePartThatIsWanted() {
        try (Raster halves = picture(40, 20, 1, 8, (x, y) -> x < 20 ? 10 : 200)) {
            try (Raster right = Resampling.of(halves, new Framing(new Region(20, 5, 20, 10), new Dimensions(10, 5)), Light.OF_SRGB)) {
                assertThat(Pictures.samples(right)).hasSize(50).containsOnly(200);
            }
        }
    }

    @Test
    void makesAPhotoSmallerWithItsAlphaAndKeepsWhatStandsBeside() {
        try (Photo photo = Pictures.photo(90, 60, 3, 16, true); Photo small = photo.framed(Framing.whole(photo.size(), new Dimensions(45, 30)))) {
            assertThat(small.size()).isEqualTo(new Dimensions(45, 30));
            assertThat(small.alpha()).map(Raster::width).contains(45);
            assertThat(small.pixels().bits()).isEqualTo(16);
            assertThat(small.metadata()).isEqualTo(photo.metadata());
            assertThat(small.carried()).isEqualTo(photo.carried());
        }
    }

    private static double square(double x) {
        return x * x;
    }

    private static Raster smaller(Raster picture, int width, int height, Light light) {
        return Resampling.of(picture, Framing.whole(new Dimensions(picture.width(), picture.height()), new Dimensions(width, height)), light);
    }

    private static Raster picture(int width, int height, int channels, int bits, IntBinaryOperator sample) {
        var samples = Pictures.buffer((long) width * height * channels * bits / 8);
        for (int y = 0; y < height; y++) {
            for (int i = 0; i < width * channels; i++) {
                int value = sample.applyAsInt(i / channels, y);
                if (bits == 8) {
                    samples.put((byte) value);
                } else {
                    samples.putShort((short) value);
                }
            }
        }
        return Pictures.raster(width, height, channels, bits, samples.flip());
    }
}
