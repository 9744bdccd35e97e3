package dev.darkroom.estimate.noise;

import dev.darkroom.estimate.picture.Picture;
import java.util.Locale;

/**
 * What is known of a picture's noise.
 *
 * @param sigma255 the standard deviation of white noise on the 0..255 scale, before it was clipped; 0 where the noise is of another kind
 * @param levels   of noise of any kind, white noise too
 */
public record Noise(double sigma255, NoiseLevels levels) {
    public static final String SIGMA = "sigma/255";

    /** Weaker noise is removed equally well as noise of any kind. */
    private static final double WEAKEST_WHITE = 1.5;
    private static final double LEAST_AS_WHITE = 0.75;
    private static final double MOST_AS_WHITE = 1.35;
    private static final double CHROMA_OF_GRAY = 0.02;

    /** White noise of which the caller says how strong it is. */
    public static Noise given(double sigma255, Picture picture) {
        return new Noise(sigma255, picture.channels() == 1 ? NoiseLevels.ofGray(sigma255) : NoiseLevels.ofWhite(sigma255));
    }

    /** As in {@code sigma 15.0} or {@code noise of luma 2.9, chroma 0.4}. */
    @Override
    public String toString() {
        return sigma255 > 0 || levels.luma() == 0 ? String.format(Locale.ROOT, "sigma %.1f", sigma255)
                : String.format(Locale.ROOT, "noise of luma %.1f, chroma %.1f", levels.luma(), levels.chroma());
    }

    /** Found out. */
    public static Noise of(Picture picture) {
        NoiseLevels levels = NoiseLevelEstimator.of(picture);
        double sigma255 = NoiseEstimator.sigma255(picture);
        boolean gray = levels.chroma() <= CHROMA_OF_GRAY * levels.luma();
        NoiseLevels white = gray ? NoiseLevels.ofGray(sigma255) : NoiseLevels.ofWhite(sigma255);
        // Texture raises luma's level and the estimate of white noise, but hardly chroma's level.
        double likeness = gray ? levels.luma() / white.luma() : levels.chroma() / white.chroma();
        boolean isWhite = sigma255 >= WEAKEST_WHITE && likeness > LEAST_AS_WHITE && likeness < MOST_AS_WHITE;
        return isWhite ? new Noise(sigma255, white) : new Noise(0, levels);
    }
}
