package dev.darkroom.estimate.noise;

import dev.darkroom.estimate.picture.Picture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The levels of noise of any colour in a photograph, from the photograph alone: what is left in its smoothest squares, at every brightness
 * that it has, when their slope is taken away.
 *
 * <p>Nothing but texture is mistaken for noise, where a picture has nothing smooth. What was made and not photographed does not count:
 * transparent pixels, frames of one colour, and what is burnt out or black. A drawing, whose other squares are of one colour in part, has
 * no noise.
 */
public final class NoiseLevelEstimator {
    private static final int MOST_SQUARES = 4096;
    private static final int BRIGHTNESSES = 8;
    private static final double SMOOTHEST_IN_LUMA = 0.1;
    /** Texture is mostly gray, and chroma's noise so coarse that a square holds few independent values of it. */
    private static final double SMOOTHEST_IN_CHROMA = 0.3;
    private static final int FEWEST_SQUARES = 6;
    /** Of squares that are of one colour in part, in a picture that is no drawing. */
    private static final double MOST_FLAT = 0.3;
    private static final double BLACK = 3;
    private static final double WHITE = 250;
    private static final int BLOCK = 4;

    private NoiseLevelEstimator() {}

    /** Takes the same time and memory for a picture of any size; no noise for one that has no square. */
    public static NoiseLevels of(Picture picture) {
        var squares = new Squares(picture);
        List<Square> seen = squares.spreadOver();
        if (seen.isEmpty() || squares.partlyFlat > MOST_FLAT * seen.size()) {
            return new NoiseLevels(0, 0);
        }
        return new NoiseLevels(level(seen, Square::luma, SMOOTHEST_IN_LUMA), level(seen, Square::chroma, SMOOTHEST_IN_CHROMA));
    }

    /** The median of the levels at the brightnesses, each by the number of its squares. */
    private static double level(List<Square> squares, ToDoubleFunction<Square> variance, double share) {
        record Level(double variance, int weight) {}
        List<Level> levels = new ArrayList<>();
        for (int brightness = 0; brightness < BRIGHTNESSES; brightness++) {
            int wanted = brightness;
            double[] variances = squares.stream().filter(square -> (int) (square.mean() * BRIGHTNESSES / 256) == wanted).mapToDouble(variance).toArray();
            if (variances.length >= FEWEST_SQUARES) {
                levels.add(new Level(smallest(variances, share), variances.length));
            }
        }
        if (levels.isEmpty()) {
            return Math.sqrt(smallest(squares.stream().mapToDouble(variance).toArray(), share));
        }
        levels.sort(Comparator.comparingDouble(Level::variance));
        int left = levels.stream().mapToInt(Level::weight).sum() / 2;
        for (Level level : levels) {
            left -= level.weight();
            if (left <= 0) {
                return Math.sqrt(level.variance());
            }
        }
        return 0;
    }

    /** The mean of this share of the values. */
    private static double smallest(double[] variances, double share) {
        return Arrays.stream(variances).sorted().limit((long) Math.ceil(share * variances.length)).average().orElseThrow();
    }

    /** Reads squares of a picture, and counts those that are of one colour in part. */
    private static final class Squares {
        private final Picture picture;
        private final ByteBuffer samples;
        private final float[] rgb = new float[3 * Square.PIXELS];
        private int partlyFlat;

        Squares(Picture picture) {
            this.picture = picture;
            samples = ByteBuffer.allocateDirect(picture.bytes(Square.PIXELS)).order(ByteOrder.nativeOrder());
        }

        List<Square> spreadOver() {
            int columns = picture.width() / Square.SIDE;
            int rows = picture.height() / Square.SIDE;
            int step = (int) Math.max(1, Math.ceil(Math.sqrt((double) columns * rows / MOST_SQUARES)));
            List<Square> squares = new ArrayList<>();
            for (int row = 0; row < rows; row += step) {
                for (int column = 0; column < columns; column += step) {
                    add(column * Square.SIDE, row * Square.SIDE, squares);
                }
            }
            return squares;
        }

        private void add(int x, int y, List<Square> squares) {
            if (!allSeen(picture.seen(x, y, Square.SIDE, Square.SIDE))) {
                return;
            }
            picture.samples().read(x, y, Square.SIDE, Square.SIDE, samples.clear());
            for (int i = 0; i < Square.PIXELS; i++) {
                for (int channel = 0; channel < 3; channel++) {
                    int at = i * picture.channels() + (picture.channels() == 1 ? 0 : channel);
                    rgb[channel * Square.PIXELS + i] = picture.bits() == 8 ? Byte.toUnsignedInt(samples.get(at)) : Short.toUnsignedInt(samples.getShort(2 * at)) / 257f;
                }
            }
            Square square = Square.of(rgb);
            boolean ofOneColour = square.luma() + square.chroma() < 1e-6;
            if (!ofOneColour && square.mean() > BLACK && square.mean() < WHITE) {
                squares.add(square);
                partlyFlat += hasFlatBlock() ? 1 : 0;
            }
        }

        private static boolean allSeen(boolean[] pixels) {
            for (boolean seen : pixels) {
                if (!seen) {
                    return false;
                }
            }
            return true;
        }

        private boolean hasFlatBlock() {
            for (int row = 0; row < Square.SIDE; row += BLOCK) {
                for (int column = 0; column < Square.SIDE; column += BLOCK) {
                    if (flat(row * Square.SIDE + column)) {
                        return true;
                    }
                }
            }
            return false;
        }

        private boolean flat(int corner) {
            for (int channel = 0; channel < 3; channel++) {
                float first = rgb[channel * Square.PIXELS + corner];
                for (int i = 1; i < BLOCK * BLOCK; i++) {
                    if (rgb[channel * Square.PIXELS + corner + i / BLOCK * Square.SIDE + i % BLOCK] != first) {
                        return false;
                    }
                }
            }
            return true;
        }
    }
}
