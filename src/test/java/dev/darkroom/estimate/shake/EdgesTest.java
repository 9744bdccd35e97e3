package dev.darkroom.estimate.shake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdgesTest {
    private static final int SIDE = 200;
    private static final int KERNEL_SIDE = 21;

    /** Steps of 0.5, 21 pixels apart, up to column 146; a line of the same contrast, two pixels wide, at 170. */
    @Test
    void takesAStepRatherThanALineOfTheSameContrast() {
        float[] values = new float[SIDE * SIDE];
        for (int i = 0; i < values.length; i++) {
            int column = i % SIDE;
            values[i] = column < 160 && column / 21 % 2 == 0 || column == 170 || column == 171 ? 0.75f : 0.25f;
        }
        Luma picture = new Luma(SIDE, SIDE, values);

        Edges edges = Edges.of(picture, picture, KERNEL_SIDE);

        assertThat(Math.abs(edges.right()[100 * SIDE + 62])).isEqualTo(0.5f);
        assertThat(Math.abs(edges.right()[100 * SIDE + 83])).isEqualTo(0.5f);
        assertThat(edges.right()[100 * SIDE + 169]).isZero();
        assertThat(edges.right()[100 * SIDE + 171]).isZero();
    }

    @Test
    void takesFewPixelsAndNoneAtTheBorder() {
        var random = new SplittableRandom(1);
        float[] values = new float[SIDE * SIDE];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        Luma torus = new Luma(SIDE, SIDE, values);
        Luma picture = torus.cut(0, SIDE - 30, SIDE - 20);

        Edges edges = Edges.of(torus, picture, KERNEL_SIDE);

        int taken = 0;
        for (int i = 0; i < values.length; i++) {
            if (edges.right()[i] != 0 || edges.down()[i] != 0) {
                taken++;
                assertThat(i % SIDE).isBetween(6, SIDE - 30 - 7);
                assertThat(i / SIDE).isBetween(6, SIDE - 20 - 7);
            }
        }
        assertThat(taken).isBetween(values.length / 50, values.length / 25);
    }

    @ParameterizedTest
    @CsvSource({"7, 5, 1", "7, 5, 4", "6, 9, 0"})
    void addsSquaresOnATorus(int width, int height, int radius) {
        var random = new SplittableRandom(2);
        float[] values = new float[width * height];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(100);
        }

        float[] sums = Box.sums(values, width, radius);

        for (int i = 0; i < values.length; i++) {
            float sum = 0;
            for (int down = -radius; down <= radius; down++) {
                for (int right = -radius; right <= radius; right++) {
                    sum += values[Math.floorMod(i / width + down, height) * width + Math.floorMod(i % width + right, width)];
                }
            }
            assertThat(sums[i]).isEqualTo(sum);
        }
    }
}
