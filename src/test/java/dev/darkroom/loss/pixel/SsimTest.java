package dev.darkroom.loss.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.darkroom.loss.Measures;
import dev.darkroom.loss.TestPictures;
import dev.darkroom.loss.measure.Convention;
import dev.darkroom.loss.measure.Measure;
import dev.darkroom.loss.measure.UnmeasurableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SsimTest {

    private final Measure ssim = Measures.named("ssim");
    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({"32, 0.96011304, 1e-8", "161, 0.94180982, 1e-6", "176, 0.94216711, 1e-6", "177, 0.94226319, 1e-6"})
    void agreesWithTheWorkedPair(int side, double expected, double tolerance) {
        assertThat(value(TestPictures.candidate(manager, side), TestPictures.reference(manager, side)))
                .isCloseTo(expected, within(tolerance));
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0.6, 0.983609244", "0, 1, 9.9990001e-5", "0.3, 0.3, 1"})
    void agreesWithTheFormulaOnConstantPictures(double restored, double reference, double expected) {
        NDArray x = TestPictures.constant(manager, restored, 1, 3, 12, 12);
        NDArray y = TestPictures.constant(manager, reference, 1, 3, 12, 12);

        assertThat(value(x, y)).isCloseTo(expected, within(1e-9));
    }

    @Test
    void isSymmetricAndOneForEqualPictures() {
        NDArray x = TestPictures.candidate(manager, 40);
        NDArray y = TestPictures.reference(manager, 40);

        assertThat(value(x, x)).isCloseTo(1, within(1e-12));
        assertThat(value(x, y)).isCloseTo(value(y, x), within(1e-12));
    }

    @Test
    void aPictureOfSeveralStripsHasTheMeanOfItsPixels() {
        NDArray x = TestPictures.random(manager, 1, 1, 1, 600, 300);
        NDArray y = TestPictures.random(manager, 2, 1, 1, 600, 300);

        // Halves that overlap by a window's margin have, together, all the windows there are.
        double top = value(x.get(":, :, :305"), y.get(":, :, :305"));
        double bottom = value(x.get(":, :, 295:"), y.get(":, :, 295:"));

        assertThat(value(x, y)).isCloseTo((top + bottom) / 2, within(1e-12)).isNotCloseTo(1, within(0.5));
    }

    @Test
    void inSinglePrecisionItStaysWithinItsTolerance() {
        NDArray x = TestPictures.candidate(manager, 32).toType(DataType.FLOAT32, true);
        NDArray y = TestPictures.reference(manager, 32).toType(DataType.FLOAT32, true);

        NDArray values = ssim.compare(x, y);

        assertThat(values.getDataType()).isEqualTo(DataType.FLOAT32);
        assertThat((double) values.getFloat(0)).isCloseTo(0.96011304, within(1e-4));
    }

    @Test
    void refusesASideShorterThanTheWindow() {
        NDArray narrow = TestPictures.constant(manager, 0.5, 1, 3, 20, 10);

        assertThatThrownBy(() -> value(narrow, narrow))
                .isInstanceOf(UnmeasurableException.class)
                .hasMessage("needs at least 11x11 pixels, got 10x20 with 3 channels");
    }

    private double value(NDArray restored, NDArray reference) {
        return ssim.measure(restored, reference, Convention.PLAIN)[0];
    }
}
