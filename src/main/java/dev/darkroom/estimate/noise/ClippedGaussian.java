package dev.darkroom.estimate.noise;

/**
 * Gaussian noise that was clipped to 0..255, as a file holds it: clipping makes the variance smaller and moves the mean inwards, both by
 * known amounts (Foi, "Clipped noisy images: heteroskedastic modeling and practical denoising", Signal Processing 89, 2009).
 */
final class ClippedGaussian {

    private static final double WHITE = 255;
    /** Where the noise is this weak, clipping moves it by less than the estimate's own error. */
    private static final double NEGLIGIBLE_VARIANCE = 1;
    private static final int BISECTIONS = 20;

    private ClippedGaussian() {
    }

    /**
     * The standard deviation before clipping of noise whose variance, averaged over smooth patches, is {@code variance} after it.
     *
     * @param means how many patches have which mean after clipping: equal bins from 0 to 255
     */
    static double sigmaBeforeClipping(double variance, int[] means) {
        double low = Math.sqrt(Math.max(0, variance));
        if (variance < NEGLIGIBLE_VARIANCE) {
            return low;
        }
        double high = WHITE;
        for (int i = 0; i < BISECTIONS; i++) {
            double sigma = (low + high) / 2;
            if (averageVariance(sigma, means) < variance) {
                low = sigma;
            } else {
                high = sigma;
            }
        }
        return (low + high) / 2;
    }

    private static double averageVariance(double sigma, int[] means) {
        double sum = 0;
        long count = 0;
        for (int bin = 0; bin < means.length; bin++) {
            if (means[bin] > 0) {
                sum += means[bin] * variance(valueBeforeClipping((bin + 0.5) * WHITE / means.length, sigma), sigma);
                count += means[bin];
            }
        }
        return sum / count;
    }

    /**
     * The pixel value whose noisy and clipped samples have the given mean. It may lie half a sigma outside 0..255: patch means scatter,
     * and cutting off only one side of that scatter would bias dark and bright pictures.
     */
    private static double valueBeforeClipping(double mean, double sigma) {
        double low = -sigma / 2;
        double high = WHITE + sigma / 2;
        for (int i = 0; i < BISECTIONS; i++) {
            double value = (low + high) / 2;
            if (mean(value, sigma) < mean) {
                low = value;
            } else {
                high = value;
            }
        }
        return (low + high) / 2;
    }

    /** The mean of {@code value} plus noise after clipping. */
    static double mean(double value, double sigma) {
        double black = -value / sigma;
        double white = (WHITE - value) / sigma;
        double inside = cumulative(white) - cumulative(black);
        return WHITE * cumulative(-white) + value * inside + sigma * (density(black) - density(white));
    }

    /** The variance of {@code value} plus noise after clipping. */
    static double variance(double value, double sigma) {
        double black = -value / sigma;
        double white = (WHITE - value) / sigma;
        double inside = cumulative(white) - cumulative(black);
        double square = WHITE * WHITE * cumulative(-white) + (value * value + sigma * sigma) * inside
                + sigma * (value * density(black) - (value + WHITE) * density(white));
        double mean = mean(value, sigma);
        return square - mean * mean;
    }

    private static double density(double z) {
        return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    }

    /** Abramowitz and Stegun, "Handbook of Mathematical Functions", 26.2.17; absolute error below 7.5e-8. */
    private static double cumulative(double z) {
        double t = 1 / (1 + 0.2316419 * Math.abs(z));
        double tail = density(z) * t
                * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return z > 0 ? 1 - tail : tail;
    }
}
