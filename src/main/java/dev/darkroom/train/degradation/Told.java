package dev.darkroom.train.degradation;

import dev.darkroom.estimate.noise.NoiseLevelEstimator;
import dev.darkroom.estimate.noise.NoiseLevels;
import dev.darkroom.train.photo.Planes;
import java.util.random.RandomGenerator;

/**
 * What the denoiser is told of an example, in the order of its condition.
 *
 * @param sigma255 of white noise
 * @param levels   of noise of any colour
 * @param damage   of the JPEG file, 0 to 1
 * @param halved   1 if its colour has half the resolution
 */
record Told(double sigma255, NoiseLevels levels, float damage, float halved) {
    /** Of pictures that are shown as a PNG file now. */
    private static final double SHARE_OF_FORGOTTEN_FILES = 0.25;

    /** White noise in a file without loss. */
    static Told white(double sigma255, boolean gray) {
        return new Told(sigma255, gray ? NoiseLevels.ofGray(sigma255) : NoiseLevels.ofWhite(sigma255), 0, 0);
    }

    /** No white noise, but what the service would find out about the picture and its file. */
    static Told estimated(Planes shown, JpegHistory files, RandomGenerator random) {
        JpegHistory known = random.nextDouble() < SHARE_OF_FORGOTTEN_FILES ? JpegHistory.NONE : files;
        return new Told(0, NoiseLevelEstimator.of(shown.picture()), known.damage(), known.halved());
    }

    /** An example for a network that is told of the file alone. */
    static Example file(Planes shown, Planes target, JpegHistory files, RandomGenerator random) {
        return file(shown, target, random.nextDouble() < SHARE_OF_FORGOTTEN_FILES ? JpegHistory.NONE : files);
    }

    static Example file(Planes shown, Planes target, JpegHistory files) {
        return new Example(shown, target, files.damage(), files.halved());
    }

    Example example(Planes input, Planes target) {
        return new Example(input, target, (float) (sigma255 / 255), (float) (levels.luma() / 255), (float) (levels.chroma() / 255), damage, halved);
    }
}
