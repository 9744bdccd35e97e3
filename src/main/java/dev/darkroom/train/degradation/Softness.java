package dev.darkroom.train.degradation;

import dev.darkroom.train.photo.Excerpt;
import dev.darkroom.train.photo.GaussianBlur;
import dev.darkroom.train.photo.Planes;
import java.util.random.RandomGenerator;

/**
 * How soft a picture is, pixel by pixel: cameras' own are softer than the shrunk photographs that are trained on, save where they were
 * shrunk as well. What is softened has also lost the grain that old photographs have, and that would be learned as something to keep.
 *
 * @param sigma of a Gaussian blur, pixels; 0 for none
 */
record Softness(double sigma) {
    private static final double LEAST_SIGMA = 0.3;
    private static final double MOST_SIGMA = 2.2;

    static Softness random(double shareSharp, RandomGenerator random) {
        return new Softness(random.nextDouble() < shareSharp ? 0 : LEAST_SIGMA + (MOST_SIGMA - LEAST_SIGMA) * random.nextDouble());
    }

    /** The excerpt's clean picture, softened, with {@code margin} pixels more on every side, mirrored. */
    Planes of(Excerpt excerpt, int margin) {
        return sigma == 0 && margin == 0 ? excerpt.clean() : GaussianBlur.of(excerpt.clean().extended(CameraUploads.MARGIN), sigma).trimmed(CameraUploads.MARGIN - margin);
    }
}
