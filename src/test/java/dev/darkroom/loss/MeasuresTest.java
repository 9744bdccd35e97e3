package dev.darkroom.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.darkroom.loss.measure.Convention;
import dev.darkroom.loss.measure.Measure;
import dev.darkroom.loss.measure.MeasureInfo;
import dev.darkroom.loss.measure.UnmeasurableException;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every measure. */
class MeasuresTest {

    private static final double STEP = 1e-4;

    private final NDManager manager = NDManager.newBaseManager();

    static Stream<String> names() {
        return Measures.all().stream().map(measure -> measure.info().name());
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void areFoundByName() {
        assertThat(names()).containsExactly("mse", "l1", "charbonnier", "psnr", "ssim", "ms-ssim", "grid");
        assertThat(Measures.named("ssim").info().better()).isEqualTo(MeasureInfo.Better.HIGHER);
    }

    @Test
    void refusesANameNobodyKnows() {
        assertThatThrownBy(() -> Measures.named("vibes"))
                .isInstanceOf(UnknownMeasureException.class)
                .hasMessage("no measure is called 'vibes'; there are mse, l1, charbonnier, psnr, ssim, ms-ssim, grid");
    }

    @ParameterizedTest
    @MethodSource("names")
    void refusesPicturesThatDifferInSizeChannelsOrNumber(String name) {
        NDArray picture = TestPictures.constant(manager, 0.5, 1, 3, 16, 16);

        for (long[] other : List.of(new long[] {1, 3, 16, 17}, new long[] {1, 1, 16, 16}, new long[] {2, 3, 16, 16})) {
            NDArray unlike = TestPictures.constant(manager, 0.5, other);
            assertThatThrownBy(() -> Measures.named(name).measure(picture, unlike, Convention.PLAIN))
                    .isInstanceOf(UnmeasurableException.class)
                    .hasMessageStartingWith("needs two pictures of the same size and channels");
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void theGradientIsTheSlopeOfTheLoss(String name) {
        Measure measure = Measures.named(name);
        int side = side(measure);
        NDArray restored = TestPictures.random(manager, 3, 2, 3, side + 1, side);
        NDArray reference = TestPictures.random(manager, 4, 2, 3, side + 1, side);

        double[] gradient = gradient(measure, restored, reference);

        double[] pixels = restored.toDoubleArray();
        for (int i = 5; i < pixels.length; i += pixels.length / 10) {
            double above = lossAt(measure, restored, reference, i, STEP);
            double below = lossAt(measure, restored, reference, i, -STEP);
            double slope = (above - below) / (2 * STEP);
            assertThat(Math.abs(gradient[i] - slope)).isLessThan(1e-3 * Math.abs(slope) + 1e-9);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void theGradientIsFiniteWhereThePicturesAgree(String name) {
        for (double shade : new double[] {0, 0.5, 1}) {
            Measure measure = Measures.named(name);
            NDArray reference = TestPictures.constant(manager, shade, 1, 3, side(measure), side(measure));

            double[] gradient = gradient(measure, reference.duplicate(), reference);

            assertThat(DoubleStream.of(gradient).allMatch(Double::isFinite)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void followingTheGradientImprovesThePicture(String name) {
        Measure measure = Measures.named(name);
        int side = side(measure);
        NDArray restored = TestPictures.random(manager, 5, 1, 3, side, side);
        NDArray reference = TestPictures.reference(manager, side);
        double[] before = measure.measure(restored, reference, Convention.PLAIN);

        for (int step = 0; step < 50; step++) {
            NDArray slope = manager.create(gradient(measure, restored, reference), restored.getShape());
            restored = restored.sub(slope.sign().mul(0.01));
        }

        double change = measure.measure(restored, reference, Convention.PLAIN)[0] - before[0];
        assertThat(measure.info().better() == MeasureInfo.Better.HIGHER ? change : -change).isPositive();
    }

    private static int side(Measure measure) {
        return Math.max(12, measure.info().smallestSide());
    }

    private static double[] gradient(Measure measure, NDArray restored, NDArray reference) {
        restored.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(measure.loss(restored, reference));
        }
        double[] gradient = restored.getGradient().toDoubleArray();
        restored.setRequiresGradient(false);
        return gradient;
    }

    private double lossAt(Measure measure, NDArray restored, NDArray reference, int index, double step) {
        double[] pixels = restored.toDoubleArray();
        pixels[index] += step;
        return measure.loss(manager.create(pixels, restored.getShape()), reference).getDouble();
    }
}
