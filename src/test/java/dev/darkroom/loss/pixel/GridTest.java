package dev.darkroom.loss.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.loss.TestPictures;
import dev.darkroom.loss.measure.Convention;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GridTest {
    private static final int HEIGHT = 96;
    private static final int WIDTH = 70;
    private static final double AMPLITUDE = 2 / 255.0;

    private final NDManager manager = NDManager.newBaseManager();
    private final NDArray flat = TestPictures.constant(manager, 0.3, 1, 3, HEIGHT, WIDTH);

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void aPatternOfTwoOrFourPixelsHasItsAmplitude(int period) {
        NDArray stripes = picture(at -> at % WIDTH % period < period / 2 ? AMPLITUDE : -AMPLITUDE);

        assertThat(grid(flat.add(stripes), flat)).isCloseTo(AMPLITUDE, within(2e-4));
    }

    @Test
    void whatDoesNotComeAgainEveryFourPixelsIsNone() {
        var random = new SplittableRandom(1);
        NDArray noise = picture(at -> AMPLITUDE * random.nextGaussian());
        NDArray stripesOfFive = picture(at -> at % WIDTH % 5 < 2 ? AMPLITUDE : -AMPLITUDE);
        NDArray brighter = picture(at -> AMPLITUDE);

        // An average of 64 values of noise still has an eighth of its deviation.
        assertThat(grid(flat.add(noise), flat)).isCloseTo(AMPLITUDE / 8, within(AMPLITUDE / 25));
        // 32 pixels do not hold whole periods of 5.
        assertThat(grid(flat.add(stripesOfFive), flat)).isLessThan(AMPLITUDE / 3);
        assertThat(grid(flat.add(brighter), flat)).isLessThan(1e-5);
        assertThat(grid(flat, flat)).isZero();
    }

    @Test
    void aPatternOfTheReferencesOwnIsNone() {
        NDArray woven = flat.add(picture(at -> at % WIDTH % 2 == 0 ? AMPLITUDE : -AMPLITUDE));

        assertThat(grid(woven, woven)).isZero();
        assertThat(grid(flat, woven)).isCloseTo(AMPLITUDE, within(2e-4));
    }

    @Test
    void aSmoothSquareCountsAndTextureHardly() {
        var random = new SplittableRandom(2);
        NDArray half = picture(at -> at / WIDTH < 32 ? 0 : 0.1 * random.nextGaussian());
        NDArray reference = flat.add(half);

        NDArray inTexture = reference.add(picture(at -> at / WIDTH < 32 || at % 2 == 0 ? 0 : AMPLITUDE));
        NDArray inSmooth = reference.add(picture(at -> at / WIDTH >= 32 || at % 2 == 0 ? 0 : AMPLITUDE));

        assertThat(grid(inSmooth, reference)).isGreaterThan(3 * grid(inTexture, reference));
    }

    private double grid(NDArray restored, NDArray reference) {
        return new Grid().measure(restored, reference, Convention.PLAIN)[0];
    }

    /** The same in three channels. */
    private NDArray picture(IntToDoubleFunction value) {
        double[] values = new double[3 * HEIGHT * WIDTH];
        for (int at = 0; at < HEIGHT * WIDTH; at++) {
            double here = value.applyAsDouble(at);
            for (int channel = 0; channel < 3; channel++) {
                values[channel * HEIGHT * WIDTH + at] = here;
            }
        }
        return manager.create(values, new Shape(1, 3, HEIGHT, WIDTH));
    }
}
