package dev.darkroom.train.degradation;

import dev.darkroom.estimate.noise.NoiseLevels;
import java.util.random.RandomGenerator;

/**
 * Photographs without noise, half of them from JPEG files: what a denoiser has to leave alone. Texture looks like noise to an estimate, so
 * the network is told more than there is.
 */
record CleanUploads(boolean jpeg) implements Degradation {
    private static final int LOWEST_QUALITY = 70;
    private static final double MISTAKEN = 0.5;
    private static final double BADLY_MISTAKEN = 2;

    @Override
    public Example apply(Excerpt excerpt, RandomGenerator random) {
        Planes clean = excerpt.clean(CameraUploads.MARGIN);
        JpegHistory files = jpeg ? JpegHistory.random(1 + random.nextInt(2), LOWEST_QUALITY, random) : JpegHistory.NONE;
        Planes target = files.layout(clean).trimmed(CameraUploads.MARGIN);
        Planes shown = files.applied(clean).trimmed(CameraUploads.MARGIN);
        NoiseLevels levels = NoiseLevels.between(target.values(), shown.values(), shown.width(), shown.height());
        double error = random.nextInt(4) == 0 ? BADLY_MISTAKEN : MISTAKEN;
        return Told.of(0, levels.luma() + error * random.nextDouble(), levels.chroma() + error / 2 * random.nextDouble(), files, random).example(shown, target);
    }

    @Override
    public int margin() {
        return CameraUploads.MARGIN;
    }
}
