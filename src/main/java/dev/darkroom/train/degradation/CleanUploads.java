package dev.darkroom.train.degradation;

import dev.darkroom.train.photo.Excerpt;
import dev.darkroom.train.photo.Planes;
import java.util.random.RandomGenerator;

/**
 * Photographs without noise, half of them from JPEG files: what a denoiser has to leave alone, although texture looks
 * like noise to the estimate that it is told.
 */
public record CleanUploads(boolean jpeg) implements Degradation {
    private static final int LOWEST_QUALITY = 70;

    @Override
    public Example apply(Excerpt excerpt, RandomGenerator random) {
        Planes clean = excerpt.clean().extended(CameraUploads.MARGIN);
        JpegHistory files = jpeg ? JpegHistory.random(1 + random.nextInt(2), LOWEST_QUALITY, random) : JpegHistory.NONE;
        Planes target = files.layout(clean).trimmed(CameraUploads.MARGIN);
        Planes shown = files.applied(clean).trimmed(CameraUploads.MARGIN);
        return Told.estimated(shown, files, random).example(shown, target);
    }
}
