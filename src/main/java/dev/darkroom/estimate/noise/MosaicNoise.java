package dev.darkroom.estimate.noise;

import dev.darkroom.estimate.picture.Picture;
import java.util.stream.IntStream;

/** The noise of a mosaic, whose neighbouring samples have different colours. */
public final class MosaicNoise {
    private static final int PHASES = 4;

    private MosaicNoise() {}

    /**
     * The noise on the 0..255 scale: the mean of what each of the four planes of equal colour shows, since between
     * neighbours of different colours there is no telling noise from colour.
     */
    public static double sigma255(Picture mosaic) {
        return IntStream.range(0, PHASES).mapToDouble(phase -> NoiseEstimator.sigma255(mosaic.everySecond(phase % 2, phase / 2)))
                .average().orElseThrow();
    }
}
