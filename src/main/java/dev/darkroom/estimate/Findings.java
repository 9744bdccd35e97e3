package dev.darkroom.estimate;

import dev.darkroom.estimate.colour.ColorHistogram;
import dev.darkroom.estimate.jpeg.JpegPast;
import dev.darkroom.estimate.noise.MosaicNoise;
import dev.darkroom.estimate.noise.Noise;
import dev.darkroom.estimate.noise.NoiseEstimator;
import dev.darkroom.estimate.picture.Picture;
import dev.darkroom.estimate.shake.Shake;
import java.util.Optional;

/** What there is to find out about one picture, each thing once, however many networks ask for it. For one thread at a time. */
public final class Findings {
    /** Of white noise, from which on a shake may go unseen; then the network is asked all the same, which takes at least the noise away. */
    private static final double HIDING_SIGMA_255 = 3;
    /** From which quality on a JPEG file may hide the traces of a worse one. */
    private static final int GOOD_QUALITY = 85;
    /** Of what was a better file there is nothing to undo, and something to spoil. */
    private static final int WORST_HARMLESS_QUALITY = 90;

    private final Picture picture;
    private final Condition.Known known;
    private Noise noise;
    private float[] colours;
    private float[] kernel;
    private ShakeSeen shake;
    private Optional<JpegPast> jpeg;

    /** @param picture must stay open while it is asked about */
    public Findings(Picture picture, Condition.Known known) {
        this.picture = picture;
        this.known = known;
    }

    Noise noise() {
        if (noise == null) {
            noise = known.sigma255().isPresent() ? Noise.given(known.sigma255().getAsDouble(), picture)
                    : known.mosaic() ? Noise.given(MosaicNoise.sigma255(picture), picture) : Noise.of(picture);
        }
        return noise;
    }

    float[] colours() {
        if (colours == null) {
            colours = ColorHistogram.of(picture).summary();
        }
        return colours;
    }

    float[] kernel() {
        if (kernel == null) {
            kernel = Shake.kernelOf(picture);
        }
        return kernel;
    }

    ShakeSeen shake() {
        if (shake == null) {
            shake = !Shake.isNone(kernel()) ? ShakeSeen.FOUND : hidesShakes(picture) ? ShakeSeen.UNSEEN : ShakeSeen.NONE;
        }
        return shake;
    }

    /** The JPEG file that the picture is, or a worse one that it was before. */
    Optional<JpegPast> jpeg() {
        if (jpeg == null) {
            boolean sought = known.untouched() && known.jpeg().map(coding -> coding.quality() >= GOOD_QUALITY).orElse(true);
            jpeg = (sought ? JpegPast.in(picture) : Optional.<JpegPast>empty())
                    .filter(past -> past.coding().quality() < WORST_HARMLESS_QUALITY && known.jpeg().map(past::isWorseThan).orElse(true))
                    .or(() -> known.jpeg().map(coding -> JpegPast.of(picture, coding)));
        }
        return jpeg;
    }

    /** Whether a shake has been looked for, which takes seconds. */
    public Optional<ShakeSeen> shakeIfSought() {
        return Optional.ofNullable(shake);
    }

    static boolean hidesShakes(Picture picture) {
        return NoiseEstimator.sigma255(picture) >= HIDING_SIGMA_255;
    }
}
