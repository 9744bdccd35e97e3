package dev.darkroom.loss.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.darkroom.loss.GoldenPictures;
import dev.darkroom.loss.Measures;
import dev.darkroom.loss.TestFeatures;
import dev.darkroom.loss.measure.Convention;
import dev.darkroom.loss.measure.Convention.Color;
import dev.darkroom.loss.measure.Convention.Quantize;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Slopes of the measures on pixels, computed from the formulas elsewhere in float64. */
class PixelGradientsGoldenTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    /** The last column: the slope at single places, channel:row:column=value. */
    @ParameterizedTest
    @CsvSource({
        "formula-64, mse, RGB, 0.0010272905324532344, 0.0002240349264705895, 0:0:0=0.0 1:32:21=3.191380718954255e-06 2:63:63=7.0210375816993486e-06 0:17:23=-9.574142156862747e-06 1:40:5=1.2765522875816992e-05",
        "formula-64, l1, RGB, 0.00891661221496483, -0.00040690104166666826, 0:0:0=0.0 1:32:21=8.138020833333333e-05 2:63:63=8.138020833333333e-05 0:17:23=-8.138020833333333e-05 1:40:5=8.138020833333333e-05",
        "formula-64, charbonnier, RGB, 0.008897921656175325, -0.0003512103686755877, 0:0:0=0.0 1:32:21=8.12745793834652e-05 2:63:63=8.135835041525217e-05 0:17:23=-8.13684514414741e-05 1:40:5=8.137359445464029e-05",
        "formula-64, psnr, RGB, 1.376162801029716, -0.3001181478855761, 0:0:0=-0.0 1:32:21=-0.004275187291817313 2:63:63=-0.009405412041998072 0:17:23=0.012825561875451915 1:40:5=-0.017100749167269214",
        "formula-64, psnr, Y, 1.8613933402478022, -1.0953077969246494, 0:0:0=0.015661173105725516 1:32:21=-0.008751752467030503 2:63:63=-0.002497620936903334 0:17:23=0.01228532528804636 1:40:5=-0.03956778279713315",
        "formula-64, ssim, RGB, 0.02985728922791598, 0.014104296795106226, 0:0:0=-1.2152770308540698e-10 1:32:21=-9.14787984758521e-05 2:63:63=-2.548903349626195e-10 0:17:23=6.925260238345496e-05 1:40:5=-0.0003107551096985221",
        "formula-64, ssim, Y, 0.035548024049657304, 0.003565963792842422, 0:0:0=4.1460649336079694e-10 1:32:21=-0.0001618403589843308 2:63:63=-2.3630058433633737e-11 0:17:23=0.00025031090226763464 1:40:5=-0.0005749527303926873",
        "formula-176, ms-ssim, RGB, 0.004255396847520833, 6.548325920334658e-05, 0:0:0=-4.499537881795927e-11 1:88:58=-2.4927487827769083e-05 2:175:175=4.6781423378917014e-11 0:17:23=4.694884291569682e-06 1:40:5=-2.4326378766024987e-06",
    })
    void agreeWithIndependentValues(String pair, String name, Color color, double norm, double sum, String places) {
        NDArray candidate = GoldenPictures.candidate(manager, pair);
        NDArray reference = GoldenPictures.reference(manager, pair);
        var convention = new Convention(color, 0, Quantize.NONE);

        double[] gradient = TestFeatures.gradient(candidate,
                x -> Measures.named(name).compare(convention.apply(x), convention.apply(reference)).sum());

        NDArray slope = manager.create(gradient, candidate.getShape());
        assertThat(slope.norm().getDouble()).isCloseTo(norm, within(1e-3 * norm));
        assertThat(slope.sum().getDouble()).isCloseTo(sum, within(1e-3 * Math.abs(sum) + 1e-9));
        for (String place : places.split(" ")) {
            String[] parts = place.split("[:=]");
            double expected = Double.parseDouble(parts[3]);
            double actual = slope.getDouble(0, Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
            assertThat(actual).isCloseTo(expected, within(1e-3 * Math.abs(expected) + 1e-9 * norm));
        }
    }
}
