package dev.darkroom.train.degradation.shake;

import dev.darkroom.train.photo.Planes;
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
        double anxiety = 0.1 * random.nextDouble();
        while (true) {
            Trajectory trajectory = Trajectory.anxious(length, anxiety, random);
            if (2 * trajectory.radius() + 1 <= LARGEST_SIDE) {
                return trajectory.kernel();
            }
        }
    }

    /**
     * A hand that trembles, centred and normalised: {@link Trajectory#tremor}.
     *
     * @param reach of the farthest tap in rows or columns, pixels, at least 1
     */
    static BlurKernel tremor(double reach, RandomGenerator random) {
        return Trajectory.tremor(reach, random).kernel();
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
