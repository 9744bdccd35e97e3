package dev.darkroom.train.photo;

import java.util.Arrays;

/**
 * Matlab's {@code imresize(..., 'bicubic')} by whole numbers: Keys' kernel with a = -1/2, for shrinking widened by the
 * factor against aliasing, weights normalised, borders mirrored; rows first, then columns.
 */
public final class Bicubic {
    private Bicubic() {}

    /** @param factor 2, 3 or 4; of sides it does not divide, the last output pixel sees mirrored ones */
    public static Planes shrunk(Planes picture, int factor) {
        double[] taps = taps(factor);
        int height = (picture.height() + factor - 1) / factor;
        int width = (picture.width() + factor - 1) / factor;
        float[] low = Planes.black(picture.channels(), height, width).values();
        double[] row = new double[picture.width()];
        for (int line = 0; line < picture.channels() * height; line++) {
            int channel = line / height;
            Arrays.fill(row, 0);
            for (int tap = 0; tap < taps.length; tap++) {
                int y = Planes.mirrored(first(line % height, factor, taps.length) + tap, picture.height());
                int from = (channel * picture.height() + y) * picture.width();
                for (int x = 0; x < row.length; x++) {
                    row[x] += taps[tap] * picture.values()[from + x];
                }
            }
            for (int x = 0; x < width; x++) {
                double sum = 0;
                for (int tap = 0; tap < taps.length; tap++) {
                    sum += taps[tap] * row[Planes.mirrored(first(x, factor, taps.length) + tap, row.length)];
                }
                low[line * width + x] = (float) sum;
            }
        }
        return new Planes(picture.channels(), height, width, low);
    }

    /** What programs make that take the mean of the pixels: no overshoot at edges, but stairs. */
    public static Planes mean(Planes picture, int factor) {
        int height = picture.height() / factor;
        int width = picture.width() / factor;
        float[] low = new float[picture.channels() * height * width];
        for (int i = 0; i < low.length; i++) {
            int channel = i / (height * width);
            float sum = 0;
            for (int tap = 0; tap < factor * factor; tap++) {
                sum += picture.get(channel, i / width % height * factor + tap / factor, i % width * factor + tap % factor);
            }
            low[i] = sum / (factor * factor);
        }
        return new Planes(picture.channels(), height, width, low);
    }

    /** @return {@code factor} times as high and wide */
    public static Planes enlarged(Planes picture, int factor) {
        return enlargedRows(enlargedRows(picture, factor).transposed(), factor).transposed();
    }

    private static Planes enlargedRows(Planes picture, int factor) {
        int width = picture.width();
        float[] high = new float[picture.values().length * factor];
        for (int to = 0; to < high.length; to++) {
            int row = to / factor / width;
            double centre = (to % (width * factor) + 0.5) / factor - 0.5;
            int first = (int) Math.floor(centre) - 1;
            double sum = 0;
            for (int tap = first; tap < first + 4; tap++) {
                sum += keys(centre - tap) * picture.values()[row * width + Planes.mirrored(tap, width)];
            }
            high[to] = (float) sum;
        }
        return new Planes(picture.channels(), picture.height(), width * factor, high);
    }

    /** The output pixel's centre lies between input pixels for even factors and on one for odd ones; the taps lie around it. */
    private static int first(int output, int factor, int taps) {
        return (int) Math.floor((output + 0.5) * factor - taps / 2.0);
    }

    /** The weights of the {@code 4 factor} input pixels below the widened kernel, the same for every output pixel. */
    static double[] taps(int factor) {
        double[] taps = new double[4 * factor];
        for (int tap = 0; tap < taps.length; tap++) {
            taps[tap] = keys((first(0, factor, taps.length) + tap + 0.5 - factor / 2.0) / factor);
        }
        double sum = Arrays.stream(taps).sum();
        return Arrays.stream(taps).map(tap -> tap / sum).toArray();
    }

    private static double keys(double distance) {
        double t = Math.abs(distance);
        return t <= 1 ? 1.5 * t * t * t - 2.5 * t * t + 1
                : t <= 2 ? -0.5 * t * t * t + 2.5 * t * t - 4 * t + 2 : 0;
    }
}
