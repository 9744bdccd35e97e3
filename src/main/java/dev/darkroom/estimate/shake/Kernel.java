package dev.darkroom.estimate.shake;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * A blur kernel while it is being found.
 *
 * @param side   odd
 * @param values row by row; once cleaned, not negative, with the sum 1
 */
record Kernel(int side, float[] values) {
    /** Of the sum: weaker islands are echoes of edges that lie side by side. */
    private static final float WEAKEST_ISLAND = 0.1f;

    static Kernel impulse(int side) {
        float[] values = new float[side * side];
        values[values.length / 2] = 1;
        return new Kernel(side, values);
    }

    static Kernel flat(int side) {
        float[] values = new float[side * side];
        Arrays.fill(values, 1f / values.length);
        return new Kernel(side, values);
    }

    /** Three taps side by side, for the smallest scale to begin with. */
    static Kernel dash(int side) {
        float[] values = new float[side * side];
        for (int column = -1; column <= 1; column++) {
            values[values.length / 2 + column] = 1 / 3f;
        }
        return new Kernel(side, values);
    }

    /** The square around the origin of a torus of {@code width} columns. */
    static Kernel around(float[] torus, int width, int side) {
        int height = torus.length / width;
        float[] values = new float[side * side];
        for (int i = 0; i < values.length; i++) {
            int row = Math.floorMod(i / side - side / 2, height);
            values[i] = torus[row * width + Math.floorMod(i % side - side / 2, width)];
        }
        return new Kernel(side, values);
    }

    float[] onTorus(int width, int height) {
        float[] torus = new float[width * height];
        for (int i = 0; i < values.length; i++) {
            int row = Math.floorMod(i / side - side / 2, height);
            torus[row * width + Math.floorMod(i % side - side / 2, width)] += values[i];
        }
        return torus;
    }

    float strongest() {
        float strongest = 0;
        for (float value : values) {
            strongest = Math.max(strongest, value);
        }
        return strongest;
    }

    /**
     * Without what no shake leaves: negative and weak taps, weak islands; an impulse if nothing is left.
     *
     * @param weakest tap that is not noise, as a share of the strongest
     */
    Kernel cleaned(float weakest) {
        float[] kept = values.clone();
        float least = weakest * strongest();
        float sum = 0;
        for (int i = 0; i < kept.length; i++) {
            kept[i] = kept[i] < least ? 0 : kept[i];
            sum += kept[i];
        }
        dropIslands(kept, WEAKEST_ISLAND * sum);
        for (float value : kept) {
            if (value > 0) {
                return new Kernel(side, kept).normalised();
            }
        }
        return impulse(side);
    }

    private void dropIslands(float[] kept, float weakest) {
        boolean[] seen = new boolean[kept.length];
        for (int start = 0; start < kept.length; start++) {
            if (kept[start] > 0 && !seen[start]) {
                Deque<Integer> island = island(kept, start, seen);
                if (island.stream().mapToDouble(tap -> kept[tap]).sum() < weakest) {
                    island.forEach(tap -> kept[tap] = 0);
                }
            }
        }
    }

    /** The taps that hang together with this one, also by their corners. */
    private Deque<Integer> island(float[] kept, int start, boolean[] seen) {
        Deque<Integer> island = new ArrayDeque<>();
        Deque<Integer> shore = new ArrayDeque<>();
        seen[start] = true;
        shore.add(start);
        while (!shore.isEmpty()) {
            int tap = shore.remove();
            island.add(tap);
            for (int row = Math.max(0, tap / side - 1); row <= Math.min(side - 1, tap / side + 1); row++) {
                for (int column = Math.max(0, tap % side - 1); column <= Math.min(side - 1, tap % side + 1); column++) {
                    int neighbour = row * side + column;
                    if (kept[neighbour] > 0 && !seen[neighbour]) {
                        seen[neighbour] = true;
                        shore.add(neighbour);
                    }
                }
            }
        }
        return island;
    }

    /**
     * Moved by whole pixels, so that its centre of mass lies in the middle: a shake has no place of its own. What leaves the square on
     * the way is lost, and may move the centre again.
     */
    Kernel centred() {
        double right = 0;
        double down = 0;
        for (int i = 0; i < values.length; i++) {
            right += values[i] * (i % side - side / 2);
            down += values[i] * (i / side - side / 2);
        }
        int columns = (int) Math.rint(right);
        int rows = (int) Math.rint(down);
        return columns == 0 && rows == 0 ? this : moved(columns, rows).normalised().centred();
    }

    /** As far again, times {@code share}, as it is from a former one. */
    Kernel beyond(Kernel former, float share) {
        float[] beyond = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            beyond[i] = values[i] + share * (values[i] - former.values[i]);
        }
        return new Kernel(side, beyond);
    }

    private Kernel moved(int columns, int rows) {
        float[] moved = new float[values.length];
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                int fromRow = row + rows;
                int fromColumn = column + columns;
                if (fromRow >= 0 && fromRow < side && fromColumn >= 0 && fromColumn < side) {
                    moved[row * side + column] = values[fromRow * side + fromColumn];
                }
            }
        }
        return new Kernel(side, moved);
    }

    /** The same shake at another resolution. */
    Kernel scaledTo(int otherSide) {
        return new Kernel(otherSide, new Luma(side, side, values).resized(otherSide, otherSide, INTER_LINEAR).values()).normalised();
    }

    /** The same taps in the middle of a larger square. */
    Kernel within(int largerSide) {
        float[] larger = new float[largerSide * largerSide];
        int margin = (largerSide - side) / 2;
        for (int row = 0; row < side; row++) {
            System.arraycopy(values, row * side, larger, (row + margin) * largerSide + margin, side);
        }
        return new Kernel(largerSide, larger);
    }

    private Kernel normalised() {
        float sum = 0;
        for (float value : values) {
            sum += value;
        }
        float[] normalised = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            normalised[i] = values[i] / sum;
        }
        return new Kernel(side, normalised);
    }
}
