package dev.darkroom.train.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.train.photo.Planes;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On waves, which can be had at any fraction of a pixel without interpolation. */
class RegistrationTest {
    private static final int SIDE = 96;
    private static final int WAVES = 40;
    private static final double HIGHEST_CYCLES_PER_PIXEL = 0.3;

    @ParameterizedTest
    @CsvSource({"0.4, -0.25", "-0.03, 0.1", "0, 0.45", "0.9, 0.9"})
    void findsHowFarAPictureLiesBesideAnother(double right, double down) {
        Registration found = Registration.of(scene(right, down), scene(0, 0));

        assertThat(found.right()).isCloseTo(right, within(0.005));
        assertThat(found.down()).isCloseTo(down, within(0.005));
    }

    @Test
    void findsItInNoise() {
        Registration found = Registration.of(noisy(scene(0.3, -0.2)), scene(0, 0));

        assertThat(found.right()).isCloseTo(0.3, within(0.02));
        assertThat(found.down()).isCloseTo(-0.2, within(0.02));
    }

    @Test
    void movesAPictureToWhereTheOtherIs() {
        Planes moved = new Registration(0.37, -0.61).moved(scene(0, 0)).trimmed(Registration.BORDER);

        assertThat(moved.psnrDb(scene(0.37, -0.61).trimmed(Registration.BORDER))).isGreaterThan(60);
    }

    @Test
    void leavesWhatShowsNothingWhereItIs() {
        Planes blank = Planes.black(3, SIDE, SIDE);

        assertThat(Registration.of(blank, blank)).isEqualTo(new Registration(0, 0));
        assertThat(new Registration(0, 0).moved(blank).values()).isEqualTo(blank.values());
    }

    /** Moved to the right and down by so much. */
    static Planes scene(double right, double down) {
        var random = new SplittableRandom(5);
        float[] values = new float[3 * SIDE * SIDE];
        for (int wave = 0; wave < WAVES; wave++) {
            double across = HIGHEST_CYCLES_PER_PIXEL * (2 * random.nextDouble() - 1);
            double along = HIGHEST_CYCLES_PER_PIXEL * (2 * random.nextDouble() - 1);
            double phase = random.nextDouble();
            for (int i = 0; i < values.length; i++) {
                double x = i % SIDE - right;
                double y = i / SIDE % SIDE - down;
                values[i] += (float) (0.3 / WAVES * Math.cos(2 * Math.PI * (across * x + along * y + phase)));
            }
        }
        for (int i = 0; i < values.length; i++) {
            values[i] += 0.5f;
        }
        return new Planes(3, SIDE, SIDE, values);
    }

    private static Planes noisy(Planes picture) {
        var random = new Random(1);
        float[] noisy = picture.values().clone();
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] += (float) (0.01 * random.nextGaussian());
        }
        return picture.with(noisy);
    }
}
