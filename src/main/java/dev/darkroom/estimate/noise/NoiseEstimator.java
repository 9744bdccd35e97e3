package dev.darkroom.estimate.noise;

import dev.darkroom.estimate.picture.Picture;
import java.util.Arrays;

/**
 * The standard deviation of white Gaussian noise in a photograph, estimated from the photograph alone.
 *
 * <p>The method is that of Chen, Zhu and Heng, "An Efficient Statistical Method for Image Noise Level Estimation" (ICCV 2015):
 * texture lives in few directions of patch space, noise in all of them, so the smallest eigenvalues of the patches' covariance are the
 * noise variance. Three things are different. Patches are taken from each channel alone, which keeps the answer right where
 * channels are copies of each other or a codec has smoothed the chroma. Only the smoothest tenth is used, and a patch's smoothness is
 * judged by its surroundings: their noise is independent of its own, so the choice does not bias the variance. What clipping to the
 * value range and rounding did to the variance is undone, see {@link ClippedGaussian}.
 */
public final class NoiseEstimator {

    private static final double MAX_SIGMA = 100;
    private static final double SMOOTHEST = 0.1;
    /** Patches for each dimension: fewer than the first say nothing about a covariance, the second keep its eigenvalues within a few percent. */
    private static final int FEWEST = 4;
    private static final int ENOUGH = 16;

    private NoiseEstimator() {
    }

    /**
     * The noise on the 0..255 scale, 0 to 100; 0 for an image too small to tell, which is one of less than about 20 x 20 pixels.
     *
     * <p>Takes the same time and memory for an image of any size.
     */
    public static double sigma255(Picture picture) {
        var patches = Patches.spreadOver(picture);
        if (patches.count() < FEWEST * Patches.DIMENSIONS) {
            return 0;
        }
        var smooth = patches.smoothest(Math.max((int) (SMOOTHEST * patches.count()), ENOUGH * Patches.DIMENSIONS));
        double step = 255.0 / ((1 << picture.bits()) - 1);
        double variance = tailMean(Eigenvalues.ascending(smooth.covariance())) - step * step / 12;
        return Math.min(MAX_SIGMA, ClippedGaussian.sigmaBeforeClipping(variance, smooth.means()));
    }

    /** The mean of the largest set of smallest eigenvalues that has no outliers, that is, whose mean is not above its median. */
    static double tailMean(double[] ascending) {
        double sum = Arrays.stream(ascending).sum();
        for (int count = ascending.length; count > 1; count--) {
            double median = (ascending[(count - 1) / 2] + ascending[count / 2]) / 2;
            if (sum / count <= median) {
                return sum / count;
            }
            sum -= ascending[count - 1];
        }
        return ascending[0];
    }
}
