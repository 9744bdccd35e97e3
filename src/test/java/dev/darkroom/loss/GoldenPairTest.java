package dev.darkroom.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.darkroom.loss.measure.Convention;
import dev.darkroom.loss.measure.Convention.Color;
import dev.darkroom.loss.measure.Convention.Quantize;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The worked pair rounded to 8 bits, against values computed from the formulas elsewhere and, for SSIM, by
 * scikit-image's Gaussian variant.
 */
class GoldenPairTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({
        "64, mse, RGB, 0.003241960974545047",
        "64, l1, RGB, 0.049020565257352954",
        "64, charbonnier, RGB, 0.049063008810586284",
        "64, psnr, RGB, 24.891922173227133",
        "64, psnr, Y, 27.563253138094122",
        "64, ssim, RGB, 0.935749507567855",
        "64, ssim, Y, 0.9457405460475962",
        "176, mse, RGB, 0.0031815100385208907",
        "176, l1, RGB, 0.04837462188732243",
        "176, charbonnier, RGB, 0.048418592952727164",
        "176, psnr, RGB, 24.973667021095576",
        "176, psnr, Y, 27.642428012239343",
        "176, ssim, RGB, 0.9421597058220013",
        "176, ssim, Y, 0.9502231445988715",
        "176, ms-ssim, RGB, 0.977485316531535",
    })
    void agreesWithIndependentValues(int side, String measure, Color color, double expected) {
        Convention convention = new Convention(color, 0, Quantize.EIGHT_BIT);

        double[] values = Measures.named(measure)
                .measure(TestPictures.candidate(manager, side), TestPictures.reference(manager, side), convention);

        // The values on luma were computed with weights of single precision.
        assertThat(values[0]).isCloseTo(expected, within(color == Color.Y ? 1e-6 : 1e-10));
    }

    /** Norm and sum of the slope, and the slope in the middle of the green channel. */
    @ParameterizedTest
    @CsvSource({
        "64, charbonnier, 0.008897921656175325, -0.0003512103686755877, 32, 21, 8.12745793834652e-05",
        "64, ssim, 0.02985728922791598, 0.014104296795106226, 32, 21, -9.14787984758521e-05",
        "176, ms-ssim, 0.004255396847520833, 6.548325920334658e-05, 88, 58, -2.4927487827769083e-05",
    })
    void slopesAgreeWithIndependentValues(
            int side, String measure, double norm, double sum, long row, long column, double inTheMiddle) {
        NDArray candidate = Convention.RGB_8BIT.apply(TestPictures.candidate(manager, side));
        NDArray reference = Convention.RGB_8BIT.apply(TestPictures.reference(manager, side));
        candidate.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(Measures.named(measure).compare(candidate, reference).mean());
        }

        NDArray slope = candidate.getGradient();

        assertThat(slope.norm().getDouble()).isCloseTo(norm, within(1e-10));
        assertThat(slope.sum().getDouble()).isCloseTo(sum, within(1e-10));
        assertThat(slope.getDouble(0, 1, row, column)).isCloseTo(inTheMiddle, within(1e-12));
    }
}
