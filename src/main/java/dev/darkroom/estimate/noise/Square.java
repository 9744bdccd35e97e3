package dev.darkroom.estimate.noise;

/**
 * What is left of {@value #SIDE} x {@value #SIDE} pixels when the planes are taken away that fit their luma and chroma best.
 *
 * @param mean   luma, 0 to 255
 * @param luma   variance of BT.601's luma about its plane, on the 0..255 scale
 * @param chroma the mean variance of Cb and Cr about theirs
 */
record Square(double mean, double luma, double chroma) {
    static final int SIDE = 16;
    static final int PIXELS = SIDE * SIDE;
    private static final double CENTRE = (SIDE - 1) / 2.0;
    /** The sum of squared distances from the centre, in either direction. */
    private static final double SPREAD = SIDE * (SIDE * (SIDE * SIDE - 1) / 12.0);
    private static final int FITTED = 3;

    /** @param rgb on the 0..255 scale, three planes of {@value #PIXELS} values */
    static Square of(float[] rgb) {
        var luma = new Plane();
        var blue = new Plane();
        var red = new Plane();
        for (int i = 0; i < PIXELS; i++) {
            double r = rgb[i];
            double g = rgb[i + PIXELS];
            double b = rgb[i + 2 * PIXELS];
            luma.add(i, 0.299 * r + 0.587 * g + 0.114 * b);
            blue.add(i, -0.168736 * r - 0.331264 * g + 0.5 * b);
            red.add(i, 0.5 * r - 0.418688 * g - 0.081312 * b);
        }
        return new Square(luma.sum / PIXELS, luma.variance(), (blue.variance() + red.variance()) / 2);
    }

    /** Sums over a square, from which the variance about the plane of least squares follows. */
    private static final class Plane {
        private double sum;
        private double squares;
        private double across;
        private double down;

        void add(int place, double value) {
            sum += value;
            squares += value * value;
            across += (place % SIDE - CENTRE) * value;
            down += (place / SIDE - CENTRE) * value;
        }

        double variance() {
            return Math.max(0, (squares - sum * sum / PIXELS - (across * across + down * down) / SPREAD) / (PIXELS - FITTED));
        }
    }
}
