package dev.darkroom.loss.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.loss.Measures;
import dev.darkroom.loss.TestPictures;
import dev.darkroom.loss.measure.Convention.Color;
import dev.darkroom.loss.measure.Convention.Quantize;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConventionTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 235", "0, 0, 0, 16", "1, 0, 0, 81.481", "0, 1, 0, 144.553", "0, 0, 1, 40.966"})
    void lumaIsStudioRange(double red, double green, double blue, double expected) {
        NDArray pixel = manager.create(new double[] {red, green, blue}, new Shape(1, 3, 1, 1));

        NDArray luma = new Convention(Color.Y, 0, Quantize.NONE).apply(pixel);

        assertThat(luma.getShape()).isEqualTo(new Shape(1, 1, 1, 1));
        assertThat(luma.getDouble(0, 0, 0, 0) * 255).isCloseTo(expected, within(1e-9));
    }

    @Test
    void clipsBeforeItMeasures() {
        NDArray pixels = manager.create(new double[] {-0.2, 0.4, 1.2}, new Shape(1, 3, 1, 1));

        assertThat(Convention.PLAIN.apply(pixels).toDoubleArray()).containsExactly(0, 0.4, 1);
    }

    @Test
    void roundsToEightBits() {
        NDArray pixels = manager.create(new double[] {100.4 / 255, 100.6 / 255, 1.001}, new Shape(1, 3, 1, 1));

        assertThat(Convention.RGB_8BIT.apply(pixels).toDoubleArray()).containsExactly(100 / 255.0, 101 / 255.0, 1);
    }

    @Test
    void leavesTheBorderOut() {
        NDArray reference = TestPictures.constant(manager, 0.5, 1, 3, 9, 12);
        NDArray restored = reference.duplicate();
        restored.set(new NDIndex(":, :, 0, :"), 1.0);
        restored.set(new NDIndex(":, :, :, 11"), 1.0);

        assertThat(Measures.named("mse").measure(restored, reference, new Convention(Color.RGB, 1, Quantize.NONE)))
                .containsExactly(0);
        assertThat(Measures.named("mse").measure(restored, reference, Convention.PLAIN)[0]).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, Integer.MAX_VALUE})
    void refusesACropThatLeavesNothing(int crop) {
        NDArray picture = TestPictures.constant(manager, 0.5, 1, 3, 8, 20);

        assertThatThrownBy(() -> new Convention(Color.RGB, crop, Quantize.NONE).apply(picture))
                .isInstanceOf(UnmeasurableException.class)
                .hasMessageContaining("leaves nothing of 20x8");
    }

    @Test
    void acceptsTheLargestCropThatLeavesAPixel() {
        NDArray picture = TestPictures.constant(manager, 0.5, 1, 3, 9, 20);

        assertThat(new Convention(Color.RGB, 4, Quantize.NONE).apply(picture).getShape())
                .isEqualTo(new Shape(1, 3, 1, 12));
    }

    @Test
    void refusesANegativeCrop() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Convention(Color.RGB, -1, Quantize.NONE));
    }

    @Test
    void refusesLumaOfAGrayPicture() {
        NDArray gray = TestPictures.constant(manager, 0.5, 1, 1, 8, 8);

        assertThatThrownBy(() -> new Convention(Color.Y, 0, Quantize.NONE).apply(gray))
                .isInstanceOf(UnmeasurableException.class)
                .hasMessageContaining("three channels");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.6, 255, -128, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesValuesThatAreNoPicture(double value) {
        NDArray pixels = manager.create(new double[] {0.5, value, 0.5}, new Shape(1, 3, 1, 1));

        assertThatThrownBy(() -> Convention.PLAIN.apply(pixels))
                .isInstanceOf(UnmeasurableException.class)
                .hasMessageContaining("0 to 1");
    }
}
