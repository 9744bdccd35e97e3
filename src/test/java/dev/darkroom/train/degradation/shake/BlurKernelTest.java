package dev.darkroom.train.degradation.shake;

import dev.darkroom.train.Scenes;
import dev.darkroom.train.photo.Planes;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;


class BlurKernelTest {

    @Test
    void ofATrajectoryKeepsTheLightAndTheCentre() {
        for (int seed = 0; seed < 50; seed++) {
            BlurKernel kernel = BlurKernel.trajectory(5 + seed % 36, new SplittableRandom(seed));
            assertThat(farthestOfACentredKernel(kernel)).isLessThanOrEqualTo(kernel.radius());
            assertThat(kernel.radius()).isLessThanOrEqualTo(BlurKernel.LARGEST_SIDE / 2);
        }
    }

    @Test
    void ofATremorKeepsTheLightAndTheCentreAndReachesAsFarAsAsked() {
        for (int seed = 0; seed < 50; seed++) {
            double reach = 1.5 + seed % 16;
            BlurKernel kernel = BlurKernel.tremor(reach, new SplittableRandom(seed));
            assertThat(farthestOfACentredKernel(kernel)).isEqualTo((int) Math.ceil(reach)).isEqualTo(kernel.radius());
        }
    }

    /** Of positive taps with the sum 1. */
    private static int farthestOfACentredKernel(BlurKernel kernel) {
        double sum = 0;
        double x = 0;
        double y = 0;
        int farthest = 0;
        for (int tap = 0; tap < kernel.weight().length; tap++) {
            assertThat(kernel.weight()[tap]).isPositive();
            farthest = Math.max(farthest, Math.max(Math.abs(kernel.dx()[tap]), Math.abs(kernel.dy()[tap])));
            sum += kernel.weight()[tap];
            x += kernel.weight()[tap] * kernel.dx()[tap];
            y += kernel.weight()[tap] * kernel.dy()[tap];
        }
        assertThat(sum).isCloseTo(1, within(1e-5));
        assertThat(x).isCloseTo(0, within(1e-3));
        assertThat(y).isCloseTo(0, within(1e-3));
        return farthest;
    }

    @Test
    void isPlacedLikeAnEstimateOfItself() {
        BlurKernel kernel = BlurKernel.tremor(7, new SplittableRandom(4));
        float[] estimate = new float[35 * 35];
        for (int tap = 0; tap < kernel.weight().length; tap++) {
            estimate[(kernel.dy()[tap] - 3 + 17) * 35 + kernel.dx()[tap] + 5 + 17] = kernel.weight()[tap];
        }

        BlurKernel placed = kernel.placedLike(estimate, 35);

        for (int tap = 0; tap < kernel.weight().length; tap++) {
            assertThat(placed.dx()[tap]).isEqualTo(kernel.dx()[tap] + 5);
            assertThat(placed.dy()[tap]).isEqualTo(kernel.dy()[tap] - 3);
        }
        assertThat(placed.weight()).isEqualTo(kernel.weight());
    }

    @Test
    void isNoLongerThanItsTrajectory() {
        for (int seed = 0; seed < 50; seed++) {
            BlurKernel kernel = BlurKernel.trajectory(8, new SplittableRandom(seed));
            assertThat(kernel.radius()).isLessThanOrEqualTo(8);
        }
    }

    /** Light on the last column, three quarters of it below the first quarter: its centre moves to the middle. */
    @Test
    void ifMeasuredIsMovedToItsCentre() {
        double[] values = new double[25];
        values[2 * 5 + 4] = 1;
        values[3 * 5 + 4] = 3;

        BlurKernel kernel = BlurKernel.measured(values, 5);

        assertThat(kernel.dx()).containsExactly(0, 0);
        assertThat(kernel.dy()).containsExactly(-1, 0);
        assertThat(kernel.weight()).containsExactly(0.25f, 0.75f);
        assertThat(kernel.radius()).isGreaterThanOrEqualTo(1);
    }

    @Test
    void convolvesRatherThanCorrelates() {
        // All light falls one pixel to the right and two down.
        double[] values = new double[25];
        values[4 * 5 + 3] = 2;
        BlurKernel kernel = BlurKernel.of(values, 5);
        Planes dot = Planes.black(1, 9, 9);
        dot.values()[4 * 9 + 4] = 1;

        Planes moved = kernel.applied(dot, 2);

        assertThat(moved.width()).isEqualTo(5);
        assertThat(moved.get(0, 4 - 2 + 2, 4 - 2 + 1)).isEqualTo(1);
        assertThat(moved.values()).contains(1, org.assertj.core.data.Index.atIndex(4 * 5 + 3));
    }

    /** Blurring a turned picture with the turned kernel is turning the blurred picture. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void turnsWithThePicture(int symmetry) {
        BlurKernel kernel = BlurKernel.trajectory(12, new SplittableRandom(2));
        Planes picture = Scenes.photographs(1, 60, 60).get(0).whole();

        Planes expected = kernel.applied(picture, kernel.radius()).turned(symmetry);
        Planes actual = kernel.turned(symmetry).applied(picture.turned(symmetry), kernel.radius());

        for (int i = 0; i < expected.values().length; i++) {
            assertThat(actual.values()[i]).isCloseTo(expected.values()[i], within(1e-5f));
        }
    }

    @Test
    void leavesAConstantAsItIs() {
        Planes gray = Planes.black(3, 80, 90);
        java.util.Arrays.fill(gray.values(), 0.4f);

        Planes blurred = BlurKernel.trajectory(30, new SplittableRandom(3)).applied(gray, 32);

        assertThat(blurred.height()).isEqualTo(16);
        for (float value : blurred.values()) {
            assertThat(value).isCloseTo(0.4f, within(1e-5f));
        }
    }
}
