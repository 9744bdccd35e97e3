package dev.darkroom.loss.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.loss.Measures;
import dev.darkroom.loss.TestPictures;
import dev.darkroom.loss.measure.Convention;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PixelMeasuresTest {

    private static final Convention LUMA = new Convention(Convention.Color.Y, 0, Convention.Quantize.NONE);

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({"32, 25.585012019", "161, 24.967027756", "176, 24.974895469", "177, 24.974850466"})
    void psnrOfTheWorkedPair(int side, double expected) {
        assertThat(value("psnr", TestPictures.candidate(manager, side), TestPictures.reference(manager, side)))
                .isCloseTo(expected, within(1e-8));
    }

    @Test
    void psnrOfTheWorkedPairOnLuma() {
        double[] psnr = Measures.named("psnr")
                .measure(TestPictures.candidate(manager, 32), TestPictures.reference(manager, 32), LUMA);

        assertThat(psnr[0]).isCloseTo(28.133566212, within(1e-8));
    }

    @ParameterizedTest
    @CsvSource({"0.1, 20", "0.00392156862745098, 48.1308036", "0.0392156862745098, 28.1308036"})
    void psnrOfAUniformDifference(double difference, double expected) {
        NDArray reference = TestPictures.constant(manager, 0.5, 1, 3, 8, 8);

        assertThat(value("psnr", reference.add(difference), reference)).isCloseTo(expected, within(1e-6));
    }

    @Test
    void aGrayErrorGainsTheLumaRangeOnY() {
        NDArray reference = TestPictures.constant(manager, 0.5, 1, 3, 8, 8);
        NDArray restored = reference.add(0.1);

        double onLuma = Measures.named("psnr").measure(restored, reference, LUMA)[0];

        assertThat(onLuma - value("psnr", restored, reference)).isCloseTo(20 * Math.log10(255.0 / 219), within(1e-9));
    }

    @Test
    void equalPicturesHaveInfinitePsnrAndNoError() {
        NDArray picture = TestPictures.reference(manager, 16);

        assertThat(value("psnr", picture, picture)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(value("l1", picture, picture)).isZero();
        assertThat(value("mse", picture, picture)).isZero();
    }

    @Test
    void charbonnierIsL1WithARoundedBottom() {
        NDArray reference = TestPictures.constant(manager, 0.5, 1, 3, 8, 8);

        assertThat(value("charbonnier", reference, reference)).isCloseTo(1e-3, within(1e-15));
        assertThat(value("charbonnier", reference.add(1e-3), reference)).isCloseTo(1e-3 * Math.sqrt(2), within(1e-15));
        assertThat(value("charbonnier", reference, reference.add(0.4))).isCloseTo(Math.hypot(0.4, 1e-3), within(1e-12));
    }

    @Test
    void measuresEveryPictureOfABatchByItself() {
        NDArray reference = TestPictures.constant(manager, 0.5, 2, 3, 8, 8);
        NDArray restored = TestPictures.constant(manager, 0.6, 1, 3, 8, 8)
                .concat(TestPictures.constant(manager, 0.7, 1, 3, 8, 8), 0);

        assertThat(Measures.named("l1").measure(restored, reference, Convention.PLAIN))
                .containsExactly(new double[] {0.1, 0.2}, within(1e-12));
        assertThat(Measures.named("mse").measure(restored, reference, Convention.PLAIN))
                .containsExactly(new double[] {0.01, 0.04}, within(1e-12));
    }

    @Test
    void keepsItsDigitsOnALargeFloatPicture() {
        NDArray reference = manager.zeros(new Shape(1, 3, 1500, 1500), DataType.FLOAT32);
        NDArray restored = reference.add(1f / 255);

        assertThat(value("psnr", restored, reference)).isCloseTo(48.1308036, within(1e-5));
    }

    private double value(String measure, NDArray restored, NDArray reference) {
        return Measures.named(measure).measure(restored, reference, Convention.PLAIN)[0];
    }
}
