package dev.darkroom.train.degradation;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A blur kernel, kept as the few taps that are not zero.
 *
 * @param radius how far a tap lies from the centre at most, pixels
 * @param dx     of each tap, in columns
 * @param dy     of each tap, in rows
 * @param weight of each tap; they sum to 1
 */
public record BlurKernel(int radius, int[] dx, int[] dy, float[] weight) {
    /** Of a kernel's side; longer trajectories are drawn again. */
    static final int LARGEST_SIDE = 65;

    private static final int FARTHEST = 8;
    private static final int STEPS = 2000;
    private static final int HARMONICS = 8;

    /**
     * A measured kernel, normalised, and moved by whole pixels so that its centre of mass lies in the middle: no one who
     * sees only the blurred picture could know that it was shifted, too.
     *
     * @param side odd
     */
    static BlurKernel measured(double[] values, int side) {
        BlurKernel given = of(values, side);
        return given.moved(-Math.round(given.mean(given.dx)), -Math.round(given.mean(given.dy)));
    }

    private float mean(int[] positions) {
        float mean = 0;
        for (int tap = 0; tap < weight.length; tap++) {
            mean += weight[tap] * positions[tap];
        }
        return mean;
    }

    /** @param side odd; the values are normalised */
    public static BlurKernel of(double[] values, int side) {
        double sum = 0;
        int taps = 0;
        for (double value : values) {
            sum += value;
            taps += value == 0 ? 0 : 1;
        }
        var kernel = new BlurKernel(side / 2, new int[taps], new int[taps], new float[taps]);
        for (int i = 0, tap = 0; i < values.length; i++) {
            if (values[i] != 0) {
                kernel.dx[tap] = i % side - side / 2;
                kernel.dy[tap] = i / side - side / 2;
                kernel.weight[tap++] = (float) (values[i] / sum);
            }
        }
        return kernel;
    }

    /** Moved by whole pixels. */
    BlurKernel moved(int columns, int rows) {
        int[] right = Arrays.stream(dx).map(x -> x + columns).toArray();
        int[] below = Arrays.stream(dy).map(y -> y + rows).toArray();
        return new BlurKernel(radius + Math.max(Math.abs(columns), Math.abs(rows)), right, below, weight);
    }

    /**
     * Moved by whole pixels, by no more than {@value #FARTHEST}, to where it resembles another one most.
     *
     * @param other rows of {@code side} values, {@code side} odd
     */
    BlurKernel placedLike(float[] other, int side) {
        int farthest = Math.min(FARTHEST, LARGEST_SIDE / 2 - radius);
        BlurKernel best = this;
        double most = likeness(other, side);
        for (int rows = -farthest; rows <= farthest; rows++) {
            for (int columns = -farthest; columns <= farthest; columns++) {
                BlurKernel moved = moved(columns, rows);
                double likeness = moved.likeness(other, side);
                if (likeness > most) {
                    most = likeness;
                    best = moved;
                }
            }
        }
        return best;
    }

    private double likeness(float[] other, int side) {
        double sum = 0;
        for (int tap = 0; tap < weight.length; tap++) {
            int column = dx[tap] + side / 2;
            int row = dy[tap] + side / 2;
            if (Math.min(column, row) >= 0 && Math.max(column, row) < side) {
                sum += weight[tap] * other[row * side + column];
            }
        }
        return sum;
    }

    /**
     * A hand that shakes while the shutter is open: the random trajectory of Boracchi and Foi 2012 in the form of
     * DeblurGAN (Kupyn et al. 2018), centred and normalised.
     *
     * @param length of the trajectory, pixels
     */
    public static BlurKernel trajectory(double length, RandomGenerator random) {
        return trajectory(length, 0.1 * random.nextDouble(), random);
    }

    /**
     * The same, with a hand that is as anxious as given.
     *
     * @param anxiety how much it changes its mind: at 0.1 the trajectory is a knot, at 0.005 nearly a curve
     */
    static BlurKernel trajectory(double length, double anxiety, RandomGenerator random) {
        while (true) {
            double[][] path = path(length, anxiety, random);
            int radius = (int) Math.ceil(Math.max(extent(path[0]), extent(path[1])));
            if (2 * radius + 1 <= LARGEST_SIDE) {
                return splat(path, radius);
            }
        }
    }

    /**
     * A hand that trembles: moves smoothly, fast and slow, and stays longest where it turns, as the kernels measured by
     * Levin et al. 2009 show it. The first harmonics of both coordinates over the exposure, with random amplitudes that fall as a
     * power of the frequency; in the spirit of the Gaussian processes of Schuler et al. 2016.
     *
     * @param reach of the farthest tap in rows or columns, pixels, at least 1
     */
    static BlurKernel tremor(double reach, RandomGenerator random) {
        double decay = 1 + 1.5 * random.nextDouble();
        double flatness = 0.3 + 0.7 * random.nextDouble();
        double[] along = harmonics(decay, 1, random);
        double[] across = harmonics(decay, flatness, random);
        double angle = 2 * Math.PI * random.nextDouble();
        double[] x = new double[STEPS];
        double[] y = new double[STEPS];
        for (int t = 0; t < STEPS; t++) {
            x[t] = along[t] * Math.cos(angle) - across[t] * Math.sin(angle);
            y[t] = along[t] * Math.sin(angle) + across[t] * Math.cos(angle);
        }
        double[][] path = {centred(x), centred(y)};
        double scale = reach / Math.max(extent(path[0]), extent(path[1]));
        return splat(new double[][] {scaled(path[0], scale), scaled(path[1], scale)}, (int) Math.ceil(reach));
    }

    private static double[] harmonics(double decay, double size, RandomGenerator random) {
        double[] positions = new double[STEPS];
        for (int harmonic = 1; harmonic <= HARMONICS; harmonic++) {
            double amplitude = size * random.nextGaussian() * Math.pow(harmonic, -decay);
            double phase = 2 * Math.PI * random.nextDouble();
            for (int t = 0; t < STEPS; t++) {
                positions[t] += amplitude * Math.cos(Math.PI * harmonic * t / STEPS + phase);
            }
        }
        return positions;
    }

    private static double[] scaled(double[] positions, double scale) {
        return Arrays.stream(positions).map(position -> position * scale).toArray();
    }

    private static double[][] path(double length, double anxiety, RandomGenerator random) {
        double centripetal = 0.7 * random.nextDouble();
        double reversal = 0.2 * random.nextDouble();
        double tremor = 10 * random.nextDouble();
        double angle = 2 * Math.PI * random.nextDouble();
        double step = length / (STEPS - 1);
        double[] x = new double[STEPS];
        double[] y = new double[STEPS];
        double vx = step * Math.cos(angle);
        double vy = step * Math.sin(angle);
        for (int t = 0; t < STEPS - 1; t++) {
            double dx = anxiety * step * (tremor * random.nextGaussian() - centripetal * x[t]);
            double dy = anxiety * step * (tremor * random.nextGaussian() - centripetal * y[t]);
            if (random.nextDouble() < reversal * anxiety) {
                double turn = Math.PI + random.nextDouble() - 0.5;
                dx += 2 * (vx * Math.cos(turn) - vy * Math.sin(turn));
                dy += 2 * (vx * Math.sin(turn) + vy * Math.cos(turn));
            }
            double speed = Math.hypot(vx + dx, vy + dy);
            vx = (vx + dx) / speed * step;
            vy = (vy + dy) / speed * step;
            x[t + 1] = x[t] + vx;
            y[t + 1] = y[t] + vy;
        }
        return new double[][] {centred(x), centred(y)};
    }

    private static double[] centred(double[] positions) {
        double mean = Arrays.stream(positions).average().orElseThrow();
        return Arrays.stream(positions).map(position -> position - mean).toArray();
    }

    private static double extent(double[] positions) {
        return Arrays.stream(positions).map(Math::abs).max().orElseThrow();
    }

    /** Every moment's light on the four pixels around its place. */
    private static BlurKernel splat(double[][] path, int radius) {
        int side = 2 * radius + 1;
        double[] values = new double[side * side];
        for (int t = 0; t < STEPS; t++) {
            double x = path[0][t] + radius;
            double y = path[1][t] + radius;
            int column = Math.min((int) x, side - 2);
            int row = Math.min((int) y, side - 2);
            double right = x - column;
            double below = y - row;
            values[row * side + column] += (1 - right) * (1 - below);
            values[row * side + column + 1] += right * (1 - below);
            values[(row + 1) * side + column] += (1 - right) * below;
            values[(row + 1) * side + column + 1] += right * below;
        }
        return of(values, side);
    }

    /** In one of the eight symmetries that {@link Planes#turned} knows. */
    BlurKernel turned(int symmetry) {
        boolean transposed = (symmetry & 4) != 0;
        int[] across = transposed ? dy : dx;
        int[] along = transposed ? dx : dy;
        return new BlurKernel(radius, mirrored(across, (symmetry & 1) != 0), mirrored(along, (symmetry & 2) != 0), weight);
    }

    private static int[] mirrored(int[] positions, boolean mirror) {
        return mirror ? Arrays.stream(positions).map(position -> -position).toArray() : positions;
    }

    /** Convolves; the result lacks {@code margin} pixels on every side, at least the radius. */
    Planes applied(Planes picture, int margin) {
        int height = picture.height() - 2 * margin;
        int width = picture.width() - 2 * margin;
        Planes blurred = Planes.black(picture.channels(), height, width);
        float[] from = picture.values();
        float[] to = blurred.values();
        for (int line = 0; line < picture.channels() * height; line++) {
            int target = line * width;
            int row = line / height * picture.height() + line % height + margin;
            for (int tap = 0; tap < weight.length; tap++) {
                int source = (row - dy[tap]) * picture.width() + margin - dx[tap];
                float share = weight[tap];
                for (int column = 0; column < width; column++) {
                    to[target + column] += share * from[source + column];
                }
            }
        }
        return blurred;
    }
}
