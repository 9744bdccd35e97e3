package dev.darkroom.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.darkroom.loss.measure.Convention;
import dev.darkroom.loss.measure.Convention.Color;
import dev.darkroom.loss.measure.Convention.Quantize;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of photographs, computed from the formulas elsewhere in float64. */
class GoldenPhotographsTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({
        "noise-256, mse, RGB, 0.009382961712692635",
        "noise-256, l1, RGB, 0.07735942765778185",
        "noise-256, charbonnier, RGB, 0.07739201505529125",
        "noise-256, psnr, RGB, 20.276600558153838",
        "noise-256, psnr, Y, 25.096695093026575",
        "noise-256, ssim, RGB, 0.3122535083425809",
        "noise-256, ssim, Y, 0.48093905770498385",
        "noise-256, ms-ssim, RGB, 0.8325141503458342",
        "jpeg-320, mse, RGB, 0.00792801351999587",
        "jpeg-320, l1, RGB, 0.06911264013707336",
        "jpeg-320, charbonnier, RGB, 0.06915306184241575",
        "jpeg-320, psnr, RGB, 21.00835617900355",
        "jpeg-320, psnr, Y, 22.68251833576517",
        "jpeg-320, ssim, RGB, 0.6823046112091428",
        "jpeg-320, ssim, Y, 0.7042336583195373",
        "jpeg-320, ms-ssim, RGB, 0.9135334619170606",
        "blur-odd, mse, RGB, 0.0030173441455999764",
        "blur-odd, l1, RGB, 0.040494089369205524",
        "blur-odd, charbonnier, RGB, 0.04054861305465851",
        "blur-odd, psnr, RGB, 25.2037515319548",
        "blur-odd, psnr, Y, 26.661317020114062",
        "blur-odd, ssim, RGB, 0.7040875945798561",
        "blur-odd, ssim, Y, 0.7252112299500248",
        "blur-odd, ms-ssim, RGB, 0.9226641472271861",
        "gray-192, mse, RGB, 0.015294512293615703",
        "gray-192, l1, RGB, 0.0692659398828976",
        "gray-192, charbonnier, RGB, 0.06940369177818152",
        "gray-192, psnr, RGB, 18.15464367098295",
        "gray-192, psnr, Y, 19.476565134156672",
        "gray-192, ssim, RGB, 0.7216922672966131",
        "gray-192, ssim, Y, 0.732021127500171",
        "gray-192, ms-ssim, RGB, 0.9108510913199171",
        "dark-280, mse, RGB, 3.085319094958245e-05",
        "dark-280, l1, RGB, 0.00457628051220488",
        "dark-280, charbonnier, RGB, 0.004872977965509924",
        "dark-280, psnr, RGB, 45.1069991298794",
        "dark-280, psnr, Y, 47.4664866684943",
        "dark-280, ssim, RGB, 0.9922003738693964",
        "dark-280, ssim, Y, 0.9980913476282708",
        "dark-280, ms-ssim, RGB, 0.997723139290274",
    })
    void agreesWithIndependentValues(String pair, String measure, Color color, double expected) {
        double[] values = Measures.named(measure).measure(
                GoldenPictures.candidate(manager, pair), GoldenPictures.reference(manager, pair),
                new Convention(color, 0, Quantize.EIGHT_BIT));

        // The values on luma were computed with weights of single precision.
        assertThat(values[0]).isCloseTo(expected, within(color == Color.Y ? 1e-6 : 1e-10));
    }
}
