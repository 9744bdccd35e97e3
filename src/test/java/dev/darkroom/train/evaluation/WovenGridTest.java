package dev.darkroom.train.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.model.Precision;
import dev.darkroom.model.Task;
import dev.darkroom.train.degradation.JpegUploads;
import dev.darkroom.train.photo.Bicubic;
import dev.darkroom.train.photo.JpegTraces.Chroma;
import dev.darkroom.train.photo.PhotoFile;
import dev.darkroom.train.photo.Planes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Losses on features want texture everywhere, and a network that makes neighbouring pixels by a shuffle has one for nothing, which comes
 * again every two or four pixels. Smooth places of photographs must show none.
 */
class WovenGridTest {
    private static final int SIDE = 32;
    private static final double SMOOTH_DEVIATION = 4 / 255.0;
    /** Of amplitudes, beside those three steps of frequency away. */
    private static final double MOST = 1.2;
    private static final int AWAY = 3;

    @ParameterizedTest
    @ValueSource(strings = {"super-resolve", "dejpeg"})
    void aSmoothPlaceRestoredByPdlShowsNoPattern(String task) {
        Task wanted = Task.find(task).orElseThrow();
        OptionalInt scale = wanted == Task.SUPER_RESOLVE ? OptionalInt.of(4) : OptionalInt.empty();
        Restorer restorer = CheckpointRestorer.open(Path.of("model-store"), wanted, "pdl", scale, Optional.of(Precision.FLOAT32), new LastShake());
        List<Planes> squares = new ArrayList<>();
        List<Planes> before = new ArrayList<>();
        for (String name : new String[] {"astronaut", "coffee"}) {
            Planes photograph = new PhotoFile(Path.of("docs/photographs", name + ".png")).read().whole();
            Planes whole = photograph.cut(0, 0, photograph.width() / SIDE * SIDE, photograph.height() / SIDE * SIDE);
            Trial trial = degraded(wanted, whole);
            squares.addAll(smooth(restorer.restore(trial).as8Bit().luma(), whole.luma()));
            before.addAll(wanted == Task.DEJPEG ? smooth(trial.input().luma(), whole.luma()) : List.of());
        }

        assertThat(squares).hasSizeGreaterThan(8);
        for (int period : new int[] {2, 4}) {
            // The edges of blocks come again every eight pixels, and so does a share of theirs every four and two.
            double most = before.isEmpty() ? MOST : Math.max(MOST, amplitudeBesideNeighbours(before, period));
            assertThat(amplitudeBesideNeighbours(squares, period)).as("%d pixels", period).isLessThan(most);
        }
    }

    private static Trial degraded(Task task, Planes whole) {
        return task == Task.SUPER_RESOLVE ? Trial.of(Bicubic.shrunk(whole, 4).as8Bit(), whole)
                : Trial.jpeg(JpegUploads.through(whole, 20, Chroma.HALVED), whole, 20, true);
    }

    /** The restored squares where the original is smooth, without their planes of least squares. */
    private static List<Planes> smooth(Planes restored, Planes original) {
        List<Planes> smooth = new ArrayList<>();
        for (int y = 0; y < original.height(); y += SIDE) {
            for (int x = 0; x < original.width(); x += SIDE) {
                if (deviation(level(original.cut(x, y, SIDE, SIDE))) < SMOOTH_DEVIATION) {
                    smooth.add(level(restored.cut(x, y, SIDE, SIDE)));
                }
            }
        }
        return smooth;
    }

    private static Planes level(Planes square) {
        double centre = (SIDE - 1) / 2.0;
        double mean = 0;
        double across = 0;
        double down = 0;
        for (int i = 0; i < SIDE * SIDE; i++) {
            mean += square.values()[i] / (SIDE * SIDE);
            across += (i % SIDE - centre) * square.values()[i];
            down += (i / SIDE - centre) * square.values()[i];
        }
        double spread = SIDE * (SIDE * (SIDE * SIDE - 1) / 12.0);
        float[] level = new float[SIDE * SIDE];
        for (int i = 0; i < level.length; i++) {
            level[i] = (float) (square.values()[i] - mean - (across * (i % SIDE - centre) + down * (i / SIDE - centre)) / spread);
        }
        return square.with(level);
    }

    private static double deviation(Planes square) {
        double squares = 0;
        for (float value : square.values()) {
            squares += value * value;
        }
        return Math.sqrt(squares / square.values().length);
    }

    private static double amplitudeBesideNeighbours(List<Planes> squares, int period) {
        int step = SIDE / period;
        int[][] places = period == 2 ? new int[][] {{step, 0}, {0, step}, {step, step}}
                : new int[][] {{step, 0}, {0, step}, {step, step}, {SIDE - step, step}, {SIDE / 2, step}, {step, SIDE / 2}};
        double here = 0;
        double beside = 0;
        for (int[] place : places) {
            here += power(squares, place[0], place[1]);
            for (int away = 0; away < 9; away++) {
                beside += away == 4 ? 0 : power(squares, place[0] + AWAY * (away % 3 - 1), place[1] + AWAY * (away / 3 - 1)) / 8;
            }
        }
        return Math.sqrt(here / beside);
    }

    /** At a frequency, periods in a square, through Hann's window. */
    private static double power(List<Planes> squares, int across, int down) {
        double power = 0;
        for (Planes square : squares) {
            double real = 0;
            double imaginary = 0;
            for (int i = 0; i < SIDE * SIDE; i++) {
                double value = square.values()[i] * hann(i % SIDE) * hann(i / SIDE);
                double phase = 2 * Math.PI * (across * (i % SIDE) + down * (i / SIDE)) / SIDE;
                real += value * Math.cos(phase);
                imaginary += value * Math.sin(phase);
            }
            power += real * real + imaginary * imaginary;
        }
        return power;
    }

    private static double hann(int at) {
        return 0.5 - 0.5 * Math.cos(2 * Math.PI * (at + 0.5) / SIDE);
    }
}
