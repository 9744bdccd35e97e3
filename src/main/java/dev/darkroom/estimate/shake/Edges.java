package dev.darkroom.estimate.shake;

import java.util.Arrays;

/**
 * The gradients of a sharp picture that tell of the kernel, on a torus; all others are 0.
 *
 * <p>The strongest ones, for texture and noise mislead, and rather those of long edges: what is narrower than the kernel, a line
 * or a dot, looks after the blur like the kernel itself (Xu and Jia 2010, section 3.1).
 *
 * @param right differences to the next column
 * @param down  differences to the next row
 */
record Edges(float[] right, float[] down) {
    /** Of all pixels. */
    private static final double SHARE = 0.03;
    /** Of a kernel's side: so near to the picture's own edges the blur has mixed in what lies outside. */
    private static final double BORDER = 0.3;
    /** Of a kernel's side, to each side of a pixel: where gradients of opposite signs make up for each other. */
    private static final double NEIGHBOURHOOD = 0.5;
    /** The sum of gradients in a neighbourhood that is next to nothing. */
    private static final float FLAT = 0.2f;

    /**
     * @param sharp   on a torus
     * @param picture without what makes it a torus
     * @param side    of the kernel, px
     */
    static Edges of(Luma sharp, Luma picture, int side) {
        Edges edges = new Edges(sharp.right(), sharp.down());
        edges.leaveOutBorder(sharp.width(), picture, (int) (BORDER * side));
        float[] strengths = edges.strengths(sharp.width(), Math.max(2, (int) (NEIGHBOURHOOD * side)));
        float weakest = weakestOfTheStrongest(strengths, sharp.width());
        for (int i = 0; i < strengths.length; i++) {
            if (strengths[i] < weakest) {
                edges.drop(i);
            }
        }
        return edges;
    }

    private void leaveOutBorder(int width, Luma picture, int border) {
        for (int i = 0; i < right.length; i++) {
            int column = i % width;
            int row = i / width;
            if (Math.min(column, row) < border || column >= picture.width() - border || row >= picture.height() - border) {
                drop(i);
            }
        }
    }

    private void drop(int pixel) {
        right[pixel] = 0;
        down[pixel] = 0;
    }

    /** Squared gradients, times the square of what is left of a neighbourhood's gradients when they are added with their signs. */
    private float[] strengths(int width, int radius) {
        float[] lengths = new float[right.length];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = (float) Math.sqrt(right[i] * right[i] + down[i] * down[i]);
        }
        float[] across = Box.sums(right, width, radius);
        float[] along = Box.sums(down, width, radius);
        float[] all = Box.sums(lengths, width, radius);
        float[] strengths = new float[lengths.length];
        for (int i = 0; i < strengths.length; i++) {
            float left = (across[i] * across[i] + along[i] * along[i]) / ((all[i] + FLAT) * (all[i] + FLAT));
            strengths[i] = lengths[i] * lengths[i] * left;
        }
        return strengths;
    }

    /** A quarter of the pixels tells as much about their distribution. */
    private static float weakestOfTheStrongest(float[] strengths, int width) {
        int height = strengths.length / width;
        float[] some = new float[((width + 1) / 2) * ((height + 1) / 2)];
        int count = 0;
        for (int row = 0; row < height; row += 2) {
            for (int at = row * width; at < (row + 1) * width; at += 2) {
                some[count++] = strengths[at];
            }
        }
        Arrays.sort(some);
        return some[(int) ((1 - SHARE) * (count - 1))];
    }
}
