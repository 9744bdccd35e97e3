package dev.darkroom.train.degradation.shake;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Where a hand holds the camera while the shutter is open, at {@value #STEPS} equally distant moments.
 *
 * @param x pixels to the right of the centre of mass
 * @param y pixels below it
 */
record Trajectory(double[] x, double[] y) {
    private static final int STEPS = 2000;
    private static final int HARMONICS = 8;

    /**
     * Of constant speed (Boracchi and Foi 2012 in the form of DeblurGAN, Kupyn et al. 2018).
     *
     * @param length  pixels
     * @param anxiety how much the hand changes its mind: at 0.1 the trajectory is a knot, at 0.005 nearly a curve
     */
    static Trajectory anxious(double length, double anxiety, RandomGenerator random) {
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
        return new Trajectory(centred(x), centred(y));
    }

    /**
     * Smooth, fast and slow, and slowest where it turns, as the kernels measured by Levin et al. 2009 show it. The first harmonics
     * of both coordinates over the exposure, with random amplitudes that fall as a power of the frequency; in the spirit of the
     * Gaussian processes of Schuler et al. 2016.
     *
     * @param reach the farthest from the centre of mass in rows or columns, pixels
     */
    static Trajectory tremor(double reach, RandomGenerator random) {
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
        double[] centredX = centred(x);
        double[] centredY = centred(y);
        double scale = reach / Math.max(extent(centredX), extent(centredY));
        return new Trajectory(scaled(centredX, scale), scaled(centredY, scale));
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

    private static double[] centred(double[] positions) {
        double mean = Arrays.stream(positions).average().orElseThrow();
        return Arrays.stream(positions).map(position -> position - mean).toArray();
    }

    private static double[] scaled(double[] positions, double scale) {
        return Arrays.stream(positions).map(position -> position * scale).toArray();
    }

    private static double extent(double[] positions) {
        return Arrays.stream(positions).map(Math::abs).max().orElseThrow();
    }

    /** Of its kernel; a rounding error of a scaled reach is no pixel more. */
    int radius() {
        return (int) Math.ceil(Math.max(extent(x), extent(y)) - 1e-9);
    }

    /** Every moment's light on the four pixels around its place. */
    BlurKernel kernel() {
        int radius = radius();
        int side = 2 * radius + 1;
        double[] values = new double[side * side];
        for (int t = 0; t < STEPS; t++) {
            double right = x[t] + radius;
            double below = y[t] + radius;
            int column = Math.min((int) right, side - 2);
            int row = Math.min((int) below, side - 2);
            right -= column;
            below -= row;
            values[row * side + column] += (1 - right) * (1 - below);
            values[row * side + column + 1] += right * (1 - below);
            values[(row + 1) * side + column] += (1 - right) * below;
            values[(row + 1) * side + column + 1] += right * below;
        }
        return BlurKernel.of(values, side);
    }
}
