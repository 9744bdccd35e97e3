package dev.darkroom.estimate.shake;

/** Sums over squares around every pixel, on a torus. */
final class Box {
    private Box() {}

    /** @param radius the square has 2 radius + 1 pixels a side */
    static float[] sums(float[] values, int width, int radius) {
        float[] lines = new float[values.length];
        for (int start = 0; start < values.length; start += width) {
            sums(values, lines, start, 1, width, radius);
        }
        float[] sums = new float[values.length];
        for (int column = 0; column < width; column++) {
            sums(lines, sums, column, width, values.length / width, radius);
        }
        return sums;
    }

    private static void sums(float[] from, float[] to, int start, int stride, int length, int radius) {
        double sum = 0;
        for (int i = -radius; i <= radius; i++) {
            sum += from[start + stride * Math.floorMod(i, length)];
        }
        for (int i = 0; i < length; i++) {
            to[start + stride * i] = (float) sum;
            sum += from[start + stride * Math.floorMod(i + radius + 1, length)] - from[start + stride * Math.floorMod(i - radius, length)];
        }
    }
}
