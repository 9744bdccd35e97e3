package dev.darkroom.loss.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import dev.darkroom.loss.Measures;
import dev.darkroom.loss.TestPictures;
import dev.darkroom.loss.measure.Convention;
import dev.darkroom.loss.measure.Measure;
import dev.darkroom.loss.measure.UnmeasurableException;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MsSsimTest {

    private final Measure msSsim = Measures.named("ms-ssim");
    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({"161, 0.977405806", "176, 0.977491096", "177, 0.977481542"})
    void agreesWithTheWorkedPair(int side, double expected) {
        // The expected values were computed with a window of single precision.
        assertThat(value(TestPictures.candidate(manager, side), TestPictures.reference(manager, side)))
                .isCloseTo(expected, within(1e-7));
    }

    @ParameterizedTest
    @CsvSource({"161", "176"})
    void comparesOnlyTheLuminanceOfConstantPicturesAtTheCoarsestScale(int side) {
        NDArray x = TestPictures.constant(manager, 0.5, 1, 3, side, side);
        NDArray y = TestPictures.constant(manager, 0.6, 1, 3, side, side);

        assertThat(value(x, y)).isCloseTo(Math.pow(0.983609244, 0.1333), within(1e-8)).isCloseTo(0.99779943, within(1e-8));
    }

    @Test
    void isSymmetricAndOneForEqualPictures() {
        NDArray x = TestPictures.candidate(manager, 161);
        NDArray y = TestPictures.reference(manager, 161);

        assertThat(value(x, x)).isCloseTo(1, within(1e-12));
        assertThat(value(x, y)).isCloseTo(value(y, x), within(1e-12));
    }

    @Test
    void inSinglePrecisionItStaysWithinItsTolerance() {
        NDArray x = TestPictures.candidate(manager, 176).toType(DataType.FLOAT32, true);
        NDArray y = TestPictures.reference(manager, 176).toType(DataType.FLOAT32, true);

        NDArray values = msSsim.compare(x, y);

        assertThat(values.getDataType()).isEqualTo(DataType.FLOAT32);
        assertThat((double) values.getFloat(0)).isCloseTo(0.977491096, within(1e-4));
    }

    @Test
    void isZeroForANegativeButItsLossStaysDifferentiable() {
        NDArray y = TestPictures.random(manager, 3, 1, 3, 161, 161);
        NDArray x = y.neg().add(1);
        x.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray loss = msSsim.loss(x, y);
            collector.backward(loss);
            assertThat(loss.getDouble()).isBetween(0.99, 1.0);
        }

        assertThat(value(x, y)).isZero();
        assertThat(DoubleStream.of(x.getGradient().toDoubleArray()).allMatch(Double::isFinite)).isTrue();
    }

    @Test
    void refusesASideThatVanishesBeforeTheCoarsestScale() {
        NDArray narrow = TestPictures.constant(manager, 0.5, 1, 3, 160, 200);

        assertThatThrownBy(() -> value(narrow, narrow))
                .isInstanceOf(UnmeasurableException.class)
                .hasMessage("needs at least 161x161 pixels, got 200x160 with 3 channels");
    }

    private double value(NDArray restored, NDArray reference) {
        return msSsim.measure(restored, reference, Convention.PLAIN)[0];
    }
}
