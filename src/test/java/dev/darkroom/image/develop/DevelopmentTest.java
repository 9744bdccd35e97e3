package dev.darkroom.image.develop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.image.Pictures;
import dev.darkroom.image.Raster;
import dev.darkroom.image.file.DamagedImageException;
import dev.darkroom.image.raw.Dng;
import dev.darkroom.image.raw.RawFile;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a sensor's light, by the numbers of one who calculates it by hand. */
class DevelopmentTest {
    private static final int BITS = 16;
    private static final int FULL = 65_535;
    private static final double[] NEUTRAL = {0.5, 1, 0.625};

    @Test
    void givesAScreensCameraBackWhatItSaw() {
        int[] colours = {10, 128, 250, 64, 64, 64, 0, 0, 0, 255, 255, 255, 200, 100, 50};
        int[] light = Arrays.stream(colours).map(sample -> (int) Math.round(FULL * SrgbCurve.toLight(sample / 255.0))).toArray();
        assertThat(eight(developed(linear(light), DevelopSettings.DEFAULT))).containsExactly(colours);
    }

    @Test
    void balancesAsShot() {
        int[] gray = {(int) (0.2 * FULL * NEUTRAL[0]), (int) (0.2 * FULL * NEUTRAL[1]), (int) (0.2 * FULL * NEUTRAL[2])};
        int[] samples = developed(linear(gray).first(50728, Dng.RATIONAL, NEUTRAL), DevelopSettings.DEFAULT);
        assertGray(samples, 65_535 * SrgbCurve.fromLight(0.2));
    }

    @Test
    void balancesByFactorsWhoseProportionsCount() {
        int[] gray = {13_107, 26_214, 16_384};
        for (double times : new double[] {1, 3}) {
            var balance = new WhiteBalance.Factors(2 * times, times, 1.6 * times);
            assertGray(developed(linear(gray), settings(balance)), FULL * SrgbCurve.fromLight(0.4));
        }
    }

    /** A camera that sees as a screen shows sees a light of 6500 kelvin nearly as a screen does. */
    @Test
    void balancesByTemperature() {
        int[] gray = {20_000, 20_000, 20_000};
        int[] usual = developed(linear(gray), settings(new WhiteBalance.Temperature(6500)));
        int[] warm = developed(linear(gray), settings(new WhiteBalance.Temperature(8000)));
        int[] cold = developed(linear(gray), settings(new WhiteBalance.Temperature(4000)));
        assertThat(usual[0]).isCloseTo(usual[2], within(FULL / 50));
        assertThat(warm[0] - warm[2]).isGreaterThan(FULL / 30);
        assertThat(cold[2] - cold[0]).isGreaterThan(FULL / 10);
    }

    @Test
    void findsTheTemperatureOfWhatWasShot() {
        assertThat(development(linear(new int[3]), DevelopSettings.DEFAULT).kelvin()).isCloseTo(6504, within(20.0));
        assertThat(development(linear(new int[3]), settings(new WhiteBalance.Temperature(5200))).kelvin()).isCloseTo(5200, within(20.0));
    }

    @Test
    void takesTheWhiteOfALightForTheCamerasGray() {
        var dng = linear(new int[] {20_000, 20_000, 20_000}).without(50728).first(50729, Dng.RATIONAL, 0.3127, 0.3290);
        assertGray(developed(dng, DevelopSettings.DEFAULT), FULL * SrgbCurve.fromLight(20_000.0 / FULL), 60);
    }

    /** Where green has reached its end, and a bright gray looks magenta to the sensor. */
    @ParameterizedTest
    @ValueSource(doubles = {1.0, 1.1, 1.4, 2.0, 5.0})
    void keepsHighlightsFromTurningMagenta(double light) {
        int[] cut = Arrays.stream(NEUTRAL).mapToInt(seen -> (int) Math.round(FULL * Math.min(1, light * seen))).toArray();
        int[] samples = developed(linear(cut).first(50728, Dng.RATIONAL, NEUTRAL), new DevelopSettings(WhiteBalance.AS_SHOT, -1, OutputProfile.SRGB, Tone.LINEAR));
        assertThat(samples[0]).isCloseTo(samples[1], within(40));
        assertThat(samples[2]).isCloseTo(samples[1], within(40));
        assertThat(samples[1]).isGreaterThanOrEqualTo(FULL / 2 - 40);
    }

    @Test
    void leavesAColourInTheLightItsHue() {
        int[] red = {(int) (0.9 * FULL), (int) (0.2 * FULL), (int) (0.1 * FULL)};
        int[] samples = developed(linear(red).first(50728, Dng.RATIONAL, NEUTRAL), new DevelopSettings(WhiteBalance.AS_SHOT, -2, OutputProfile.SRGB, Tone.LINEAR));
        assertThat(samples[0]).isGreaterThan(2 * samples[1]);
    }

    @Test
    void exposesByStopsBesideTheCameras() {
        int[] gray = {8192, 8192, 8192};
        var linear = new DevelopSettings(WhiteBalance.AS_SHOT, 1, OutputProfile.SRGB, Tone.LINEAR);
        assertGray(developed(linear(gray), linear), 16_384);
        assertGray(developed(linear(gray).first(50730, Dng.SRATIONAL, 0.5), linear), 8192 * Math.pow(2, 1.5));
        assertGray(developed(linear(gray).first(50730, Dng.SRATIONAL, -3), linear), 2048);
    }

    /** Of sRGB's pure red: in Display P3, by its definition, and in ROMM RGB. */
    @ParameterizedTest
    @CsvSource({"SRGB, 1, 0, 0", "DISPLAY_P3, 0.8225, 0.0332, 0.0171", "PROPHOTO, 0.5293, 0.0983, 0.0169"})
    void developsToOtherPrimaries(OutputProfile profile, double red, double green, double blue) {
        int[] samples = developed(linear(new int[] {FULL, 0, 0}), new DevelopSettings(WhiteBalance.AS_SHOT, 0, profile, Tone.LINEAR));
        double[] expected = {red, green, blue};
        for (int c = 0; c < 3; c++) {
            assertThat(samples[c] / (double) FULL).isCloseTo(expected[c], within(0.002));
        }
    }

    /** Under one light by matrix 1, under the other by matrix 2, between them by the inverse of temperatures. */
    @Test
    void goesFromOneIlluminantToTheOther() {
        double[] screen = {3.2404542, -1.5371385, -0.4985314, -0.9692660, 1.8760108, 0.0415560, 0.0556434, -0.2040259, 1.0572252};
        double[] other = screen.clone();
        other[0] = 4;
        var dng = linear(new int[3]).first(50778, Dng.SHORT, 17).first(50779, Dng.SHORT, 21).first(50721, Dng.SRATIONAL, other).first(50722, Dng.SRATIONAL, screen);
        double warm = development(dng, settings(new WhiteBalance.Temperature(2850))).factors()[2];
        double between = development(dng, settings(new WhiteBalance.Temperature(4000))).factors()[2];
        double cool = development(dng, settings(new WhiteBalance.Temperature(6504))).factors()[2];
        double alone = development(linear(new int[3]), settings(new WhiteBalance.Temperature(6504))).factors()[2];
        assertThat(cool).isCloseTo(alone, within(1e-3));
        assertThat(warm).isGreaterThan(between);
        assertThat(between).isGreaterThan(cool);
    }

    /** A forward matrix that says the same as the colour matrix gives the same picture. */
    @Test
    void followsAForwardMatrix() {
        double[] toXyz = {0.4360747, 0.3850649, 0.1430804, 0.2225045, 0.7168786, 0.0606169, 0.0139322, 0.0971045, 0.7141733};
        int[] colours = {30_000, 20_000, 10_000};
        int[] by = developed(linear(colours).first(50964, Dng.SRATIONAL, toXyz), DevelopSettings.DEFAULT);
        int[] without = developed(linear(colours), DevelopSettings.DEFAULT);
        for (int c = 0; c < 3; c++) {
            assertThat(by[c]).isCloseTo(without[c], within(100));
        }
    }

    @Test
    void exposesAMosaicByItsUprightColours() {
        double[] neutral = {0.5, 1, 0.25};
        int[] samples = {16_384, 32_768, 32_768, 8192, 16_384, 32_768};
        var dng = new Dng(2, 3, 1, BITS, samples)
                .first(50728, Dng.RATIONAL, neutral).first(274, Dng.SHORT, 6);
        try (Raster mosaic = development(dng, DevelopSettings.DEFAULT).exposed()) {
            int[] tones = Pictures.samples(mosaic);
            for (int tone : tones) {
                assertThat((double) tone).isCloseTo(FULL * SrgbCurve.fromLight(0.5 / 4), within(6.0));
            }
        }
    }

    /** The noise of the tones, measured, is what the camera's profile says at that gray. */
    @Test
    void tellsTheNoiseOfMidGrayInTheNetworksTones() {
        var noise = new java.util.Random(3);
        double[] profile = {2e-4, 1e-6, 2e-4, 1e-6, 2e-4, 1e-6};
        int side = 200;
        int[] samples = new int[side * side];
        for (int i = 0; i < samples.length; i++) {
            int colour = i / side % 2 + i % side % 2;
            double light = 0.18 * NEUTRAL[colour];
            samples[i] = (int) Math.round(FULL * (light + noise.nextGaussian() * Math.sqrt(profile[0] * light + profile[1])));
        }
        var development = development(new Dng(side, side, 1, BITS, samples).first(50728, Dng.RATIONAL, NEUTRAL).first(51041, Dng.DOUBLE, profile), DevelopSettings.DEFAULT);
        try (Raster mosaic = development.exposed()) {
            double[] tones = Arrays.stream(Pictures.samples(mosaic)).mapToDouble(tone -> tone / 257.0).toArray();
            double mean = Arrays.stream(tones).average().orElseThrow();
            double deviation = Math.sqrt(Arrays.stream(tones).map(tone -> (tone - mean) * (tone - mean)).average().orElseThrow());
            assertThat(development.sigma255().orElseThrow()).isCloseTo(deviation, within(0.03 * deviation));
        }
    }

    @Test
    void refusesColoursThatLeadNowhere() {
        assertThatThrownBy(() -> development(linear(new int[3]).first(50721, Dng.SRATIONAL, new double[9]), DevelopSettings.DEFAULT))
                .isInstanceOf(DamagedImageException.class);
        assertThatThrownBy(() -> development(linear(new int[3]).first(50728, Dng.RATIONAL, 0.002, 1, 1), DevelopSettings.DEFAULT))
                .isInstanceOf(DamagedImageException.class);
    }

    private static DevelopSettings settings(WhiteBalance balance) {
        return new DevelopSettings(balance, 0, OutputProfile.SRGB, Tone.SRGB);
    }

    private static Dng linear(int[] samples) {
        return new Dng(samples.length / 3, 1, 3, BITS, samples);
    }

    private static Development development(Dng dng, DevelopSettings settings) {
        return Development.of(RawFile.of(ByteBuffer.wrap(dng.file())), settings);
    }

    private static int[] developed(Dng dng, DevelopSettings settings) {
        Development development = development(dng, settings);
        Raster colours = development.exposed();
        try (Raster photograph = development.develop(colours, colours)) {
            return inRgb(Pictures.stored(photograph));
        }
    }

    private static int[] inRgb(int[] bgr) {
        int[] rgb = new int[bgr.length];
        Arrays.setAll(rgb, i -> bgr[i / 3 * 3 + 2 - i % 3]);
        return rgb;
    }

    private static int[] eight(int[] samples) {
        return Arrays.stream(samples).map(sample -> Math.round(sample / 257f)).toArray();
    }

    private static void assertGray(int[] samples, double expected) {
        assertGray(samples, expected, 12);
    }

    private static void assertGray(int[] samples, double expected, double tolerance) {
        for (int sample : samples) {
            assertThat((double) sample).isCloseTo(expected, within(tolerance));
        }
    }
}
