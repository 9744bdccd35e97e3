package dev.darkroom.train.photo;

/** Convolution with a normal distribution, rows then columns, mirrored at the border. */
public final class GaussianBlur {
    private static final double REACH_IN_SIGMAS = 3;

    private GaussianBlur() {}

    /** @param sigma pixels; 0 leaves everything as it is */
    public static Planes of(Planes picture, double sigma) {
        if (sigma < 0.1) {
            return picture;
        }
        float[] taps = taps(sigma);
        return alongRows(alongRows(picture, taps).transposed(), taps).transposed();
    }

    private static float[] taps(double sigma) {
        int radius = (int) Math.ceil(REACH_IN_SIGMAS * sigma);
        double[] weights = new double[2 * radius + 1];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.exp(-(i - radius) * (i - radius) / (2 * sigma * sigma));
            sum += weights[i];
        }
        float[] taps = new float[weights.length];
        for (int i = 0; i < taps.length; i++) {
            taps[i] = (float) (weights[i] / sum);
        }
        return taps;
    }

    private static Planes alongRows(Planes picture, float[] taps) {
        int width = picture.width();
        int radius = taps.length / 2;
        float[] wide = new float[width + 2 * radius];
        float[] blurred = new float[picture.values().length];
        for (int row = 0; row < blurred.length; row += width) {
            for (int i = 0; i < wide.length; i++) {
                wide[i] = picture.values()[row + Planes.mirrored(i - radius, width)];
            }
            for (int tap = 0; tap < taps.length; tap++) {
                for (int column = 0; column < width; column++) {
                    blurred[row + column] += taps[tap] * wide[column + tap];
                }
            }
        }
        return picture.with(blurred);
    }
}
