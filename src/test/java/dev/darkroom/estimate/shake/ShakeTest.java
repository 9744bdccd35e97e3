package dev.darkroom.estimate.shake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShakeTest {
    private static final int WIDTH = 260;
    private static final int HEIGHT = 220;
    /** Of a move, with the shutter open. */
    private static final int MOMENTS = 200;

    @ParameterizedTest
    @CsvSource({"6, 0", "-4, 7", "12, 9", "22, -15"})
    void findsTheLineThatTheCameraMovedAlong(int right, int down) {
        Luma shaken = noisy(blurred(leaves(WIDTH, HEIGHT, 1), right, down), 2);

        float[] found = kernelOf(shaken);

        isAKernel(found);
        assertThat(likeness(found, line(right, down))).isGreaterThan(0.8);
        assertThat(likeness(found, Shake.none())).isLessThan(0.5);
    }

    /** Down, then back and up again farther to the right. */
    @Test
    void findsAShakeThatTurned() {
        float[] kernel = new float[Shake.SIDE * Shake.SIDE];
        add(kernel, -10, -8, -4, 8);
        add(kernel, -4, 8, 10, 0);

        float[] found = kernelOf(noisy(blurred(leaves(WIDTH, HEIGHT, 1), kernel), 2));

        isAKernel(found);
        assertThat(likeness(found, kernel)).isGreaterThan(0.8);
    }

    @Test
    void findsTheKernelBetweenAKnownPictureAndItsBlurredCopy() {
        Luma sharp = leaves(WIDTH, HEIGHT, 1);
        float[] kernel = line(9, 4);
        try (var level = new Level(noisy(blurred(sharp, kernel), 2), Shake.SIDE)) {
            Luma torus = level.sharp(Kernel.impulse(Shake.SIDE), 1e-9f, 1e-8f);
            Luma onTorus = sharp.wrapped(torus.width(), torus.height());

            assertThat(likeness(level.kernel(onTorus, Shake.SIDE, 18).cleaned(0.03f).values(), kernel)).isGreaterThan(0.85);
            assertThat(likeness(level.kernel(onTorus, Shake.SIDE, 60).cleaned(0.03f).values(), kernel)).isGreaterThan(0.95);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void seesNoShakeInASharpPicture(int seed) {
        assertThat(kernelOf(noisy(leaves(WIDTH, HEIGHT, seed), 2))).isEqualTo(Shake.none());
    }

    @Test
    void seesNoShakeWhereThereIsNothingToSee() {
        assertThat(kernelOf(new Luma(100, 100, new float[10_000]))).isEqualTo(Shake.none());
        assertThat(kernelOf(leaves(200, 63, 1))).isEqualTo(Shake.none());
    }

    @Test
    void givesAKernelForAnyPicture() {
        for (int seed = 0; seed < 4; seed++) {
            var random = new SplittableRandom(seed);
            float[] noise = new float[64 * 90];
            for (int i = 0; i < noise.length; i++) {
                noise[i] = seed % 2 == 0 ? random.nextFloat() : random.nextInt(2);
            }
            isAKernel(kernelOf(new Luma(64, 90, noise)));
        }
    }

    /** Edges are in the lower right corner only. */
    @Test
    void looksAtALargePictureWhereItHasEdges() {
        int width = 1500;
        int height = 1200;
        Luma detail = noisy(blurred(leaves(Shake.LARGEST_WINDOW, Shake.LARGEST_WINDOW, 1), 9, 4), 2);
        var read = new AtomicInteger();

        float[] found = Shake.kernelOf(width, height, (x, y, wide, high) -> {
            read.incrementAndGet();
            assertThat(wide * high).isLessThanOrEqualTo(Shake.LARGEST_WINDOW * Shake.LARGEST_WINDOW);
            return x + wide == width && y + high == height ? detail : noisy(new Luma(wide, high, new float[wide * high]), 2);
        });

        assertThat(likeness(found, line(9, 4))).isGreaterThan(0.8);
        assertThat(read).hasValueLessThanOrEqualTo(9);
    }

    private static float[] kernelOf(Luma picture) {
        return Shake.kernelOf(picture.width(), picture.height(), (x, y, width, height) -> {
            assertThat(x + y).isZero();
            assertThat(width * height).isEqualTo(picture.values().length);
            return picture;
        });
    }

    private static void isAKernel(float[] kernel) {
        assertThat(kernel).hasSize(Shake.SIDE * Shake.SIDE);
        double sum = 0;
        double right = 0;
        double down = 0;
        for (int i = 0; i < kernel.length; i++) {
            assertThat(kernel[i]).isBetween(0f, 1f);
            sum += kernel[i];
            right += kernel[i] * (i % Shake.SIDE - Shake.SIDE / 2);
            down += kernel[i] * (i / Shake.SIDE - Shake.SIDE / 2);
        }
        assertThat(sum).isCloseTo(1, within(1e-4));
        assertThat(right).isBetween(-0.51, 0.51);
        assertThat(down).isBetween(-0.51, 0.51);
    }

    /** The cosine of two kernels where they lie best upon each other: who sees only the blurred picture cannot know the place. */
    private static double likeness(float[] one, float[] other) {
        double best = 0;
        for (int down = -3; down <= 3; down++) {
            for (int right = -3; right <= 3; right++) {
                best = Math.max(best, product(one, other, right, down));
            }
        }
        return best / Math.sqrt(product(one, one, 0, 0) * product(other, other, 0, 0));
    }

    private static double product(float[] one, float[] other, int right, int down) {
        return IntStream.range(0, one.length).mapToDouble(i -> {
            int column = i % Shake.SIDE + right;
            int row = i / Shake.SIDE + down;
            boolean inside = column >= 0 && column < Shake.SIDE && row >= 0 && row < Shake.SIDE;
            return inside ? one[i] * other[row * Shake.SIDE + column] : 0;
        }).sum();
    }

    /** A steady move, as a kernel. */
    private static float[] line(int right, int down) {
        float[] kernel = new float[Shake.SIDE * Shake.SIDE];
        for (int moment = 0; moment < MOMENTS; moment++) {
            double share = (moment + 0.5) / MOMENTS - 0.5;
            double column = Shake.SIDE / 2 + share * right;
            double row = Shake.SIDE / 2 + share * down;
            for (int corner = 0; corner < 4; corner++) {
                int x = (int) column + corner % 2;
                int y = (int) row + corner / 2;
                kernel[y * Shake.SIDE + x] += (float) ((1 - Math.abs(column - x)) * (1 - Math.abs(row - y)) / MOMENTS);
            }
        }
        return kernel;
    }

    /** A steady move between two points, half of the light. */
    private static void add(float[] kernel, int fromRight, int fromDown, int toRight, int toDown) {
        for (int moment = 0; moment < MOMENTS; moment++) {
            double share = (moment + 0.5) / MOMENTS;
            int column = (int) Math.round(fromRight + share * (toRight - fromRight)) + Shake.SIDE / 2;
            int row = (int) Math.round(fromDown + share * (toDown - fromDown)) + Shake.SIDE / 2;
            kernel[row * Shake.SIDE + column] += 0.5f / MOMENTS;
        }
    }

    private static Luma blurred(Luma sharp, int right, int down) {
        return blurred(sharp, line(right, down));
    }

    private static Luma blurred(Luma sharp, float[] kernel) {
        float[] blurred = new float[sharp.values().length];
        for (int tap = 0; tap < kernel.length; tap++) {
            for (int i = 0; kernel[tap] > 0 && i < blurred.length; i++) {
                int column = Math.min(Math.max(i % sharp.width() - tap % Shake.SIDE + Shake.SIDE / 2, 0), sharp.width() - 1);
                int row = Math.min(Math.max(i / sharp.width() - tap / Shake.SIDE + Shake.SIDE / 2, 0), sharp.height() - 1);
                blurred[i] += kernel[tap] * sharp.values()[row * sharp.width() + column];
            }
        }
        return new Luma(sharp.width(), sharp.height(), blurred);
    }

    /** Dead leaves: discs upon discs, small ones by far the most often (radii as r^-3), as things and their parts are in photographs. */
    private static Luma leaves(int width, int height, int seed) {
        var random = new SplittableRandom(seed);
        float[] values = new float[width * height];
        for (int leaf = 0; leaf < width * height / 8; leaf++) {
            int x = random.nextInt(width);
            int y = random.nextInt(height);
            double radius = Math.min(70, 1 / Math.sqrt(random.nextDouble()));
            int reach = (int) radius;
            float gray = random.nextFloat();
            for (int row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row++) {
                for (int column = Math.max(0, x - reach); column <= Math.min(width - 1, x + reach); column++) {
                    if ((row - y) * (row - y) + (column - x) * (column - x) <= radius * radius) {
                        values[row * width + column] = gray;
                    }
                }
            }
        }
        return new Luma(width, height, values);
    }

    private static Luma noisy(Luma clean, double sigma255) {
        var random = new java.util.Random(5);
        float[] noisy = new float[clean.values().length];
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] = Math.round(Math.min(1, Math.max(0, clean.values()[i] + sigma255 / 255 * random.nextGaussian())) * 255) / 255f;
        }
        return new Luma(clean.width(), clean.height(), noisy);
    }
}
