package dev.darkroom.estimate.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.estimate.picture.Picture;
import dev.darkroom.estimate.picture.SampleReader;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseTest {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;

    @ParameterizedTest
    @ValueSource(ints = {3, 8, 25, 50})
    void whiteNoiseIsWhite(int sigma255) {
        Noise noise = Noise.of(picture(NoisyPicture.scene(WIDTH, HEIGHT, 3, 8, sigma255, 1)));

        assertThat(noise.sigma255()).isCloseTo(sigma255, within(0.1 * sigma255));
        assertThat(noise.levels()).isEqualTo(NoiseLevels.ofWhite(noise.sigma255()));
    }

    @Test
    void whiteNoiseInGrayIsWhiteWhetherItHasOneChannelOrThreeEqualOnes() {
        NoisyPicture colour = NoisyPicture.scene(WIDTH, HEIGHT, 3, 8, 20, 1);

        assertThat(Noise.of(picture(NoisyPicture.scene(WIDTH, HEIGHT, 1, 8, 20, 1))).sigma255()).isCloseTo(20, within(2.0));
        assertThat(Noise.of(picture(colour.withEqualChannels())).sigma255()).isCloseTo(20, within(2.0));
    }

    @Test
    void smoothedNoiseHasLevelsButIsNotWhite() {
        Noise noise = Noise.of(of(smoothed(6), i -> 110 + i % WIDTH / 8));

        assertThat(noise.sigma255()).isZero();
        assertThat(noise.levels().luma()).isCloseTo(0.6685 * 6, within(0.8));
        assertThat(noise.levels().chroma()).isGreaterThan(1.5);
    }

    @Test
    void aCleanPictureHasNone() {
        Noise noise = Noise.of(of(new float[3 * WIDTH * HEIGHT], i -> (int) (110 + 60 * Math.sin(i % WIDTH / 40.0) + 20 * Math.sin(i / WIDTH / 25.0))));

        assertThat(noise.sigma255()).isZero();
        assertThat(noise.levels().luma()).isLessThan(0.6);
        assertThat(noise.levels().chroma()).isLessThan(0.4);
    }

    @Test
    void aDrawingHasNoneAlthoughItsEdgesAreStrong() {
        Picture drawing = of(new float[3 * WIDTH * HEIGHT], i -> i % WIDTH / 12 % 2 == 0 ^ i / WIDTH / 20 % 2 == 0 ? 40 : 210);

        assertThat(Noise.of(drawing)).isEqualTo(new Noise(0, new NoiseLevels(0, 0)));
    }

    @Test
    void aFrameOfOneColourMakesNoNoisyPictureLookClean() {
        NoisyPicture scene = NoisyPicture.scene(WIDTH, HEIGHT, 3, 8, 15, 1);
        Picture framed = with(scene, (x, y) -> Math.min(Math.min(x, WIDTH - 1 - x), Math.min(y, HEIGHT - 1 - y)) < 32, Optional.empty());

        assertThat(Noise.of(framed).sigma255()).isCloseTo(15, within(1.5));
    }

    @Test
    void whatIsTransparentHidesNoNoise() {
        NoisyPicture scene = NoisyPicture.scene(WIDTH, HEIGHT, 3, 8, 15, 1);
        Picture alpha = new Picture(WIDTH, HEIGHT, 1, 8, (x, y, width, height, samples) -> {
            for (int i = 0; i < width * height; i++) {
                samples.put((byte) (x + i % width < 200 ? 0 : 255));
            }
        }, Optional.empty());
        // Nearly flat, not flat: as a program leaves it under what it erased.
        Picture cutOut = with(scene, (x, y) -> x < 200, Optional.of(alpha));

        assertThat(Noise.of(cutOut).sigma255()).isCloseTo(15, within(1.5));
    }

    private interface Covered {
        boolean at(int x, int y);
    }

    private static Picture with(NoisyPicture scene, Covered covered, Optional<Picture> alpha) {
        SampleReader samples = (x, y, width, height, to) -> {
            for (int row = y; row < y + height; row++) {
                for (int column = x; column < x + width; column++) {
                    for (int channel = 0; channel < 3; channel++) {
                        int made = alpha.isPresent() ? 200 + (column + row) % 2 : 245;
                        to.put((byte) (covered.at(column, row) ? made : scene.samples()[3 * (row * WIDTH + column) + channel]));
                    }
                }
            }
        };
        return new Picture(WIDTH, HEIGHT, 3, 8, samples, alpha);
    }

    private static Picture picture(NoisyPicture noisy) {
        return new Picture(noisy.width(), noisy.height(), noisy.channels(), noisy.bits(), noisy, Optional.empty());
    }

    /** Interleaved noise of this standard deviation in each channel, smoothed over 3 x 3 pixels. */
    private static float[] smoothed(double sigma) {
        var random = new Random(5);
        float[] white = new float[3 * WIDTH * HEIGHT];
        for (int i = 0; i < white.length; i++) {
            white[i] = (float) (sigma * 3 * random.nextGaussian());
        }
        float[] smooth = new float[white.length];
        for (int i = 0; i < white.length; i++) {
            for (int tap = 0; tap < 9; tap++) {
                int at = i + 3 * (tap % 3 - 1) + 3 * WIDTH * (tap / 3 - 1);
                smooth[i] += white[Math.floorMod(at, white.length)] / 9;
            }
        }
        return smooth;
    }

    private static Picture of(float[] noise, IntUnaryOperator clean) {
        return new Picture(WIDTH, HEIGHT, 3, 8, (x, y, width, height, to) -> {
            for (int row = y; row < y + height; row++) {
                for (int column = x; column < x + width; column++) {
                    for (int channel = 0; channel < 3; channel++) {
                        int pixel = row * WIDTH + column;
                        to.put((byte) Math.max(0, Math.min(255, Math.round(clean.applyAsInt(pixel) + noise[3 * pixel + channel]))));
                    }
                }
            }
        }, Optional.empty());
    }
}
