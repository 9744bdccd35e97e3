package dev.darkroom.estimate;

import dev.darkroom.estimate.colour.ColorHistogram;
import dev.darkroom.estimate.noise.MosaicNoise;
import dev.darkroom.estimate.noise.Noise;
import dev.darkroom.estimate.noise.NoiseEstimator;
import dev.darkroom.estimate.noise.NoiseLevels;
import dev.darkroom.estimate.picture.Picture;
import dev.darkroom.estimate.shake.Shake;
import dev.darkroom.image.file.JpegCoding;
import dev.darkroom.model.Manifest;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What a network is told of a picture besides its pixels; the same for all tiles of the picture.
 *
 * @param values in the order of the manifest's names
 * @param noise  that was assumed; empty if the network does not ask
 * @param shaken whether a shake was found; empty if the network does not ask
 * @param idle   whether there is nothing to undo: what the network made of the picture would be no better than the picture
 */
public record Condition(float[] values, Optional<Noise> noise, Optional<Boolean> shaken, boolean idle) {
    /** 1 - quality / 100 of a JPEG file, 0 for every other. */
    public static final String JPEG_DAMAGE = "jpeg/damage";
    /** As {@link JpegCoding#halved}, 0 for every other file. */
    public static final String JPEG_HALVED = "jpeg/halved";

    /** Of white noise, from which on a shake may go unseen; then the network is asked all the same, which takes at least the noise away. */
    private static final double HIDING_SIGMA_255 = 3;

    private static final Set<String> OF_NOISE = Set.of(Noise.SIGMA, NoiseLevels.LUMA, NoiseLevels.CHROMA);
    private static final Set<String> OF_FILE = Set.of(JPEG_DAMAGE, JPEG_HALVED);

    /**
     * What is known before a pixel is looked at.
     *
     * @param sigma255 white noise that the caller says there is
     * @param mosaic   whether neighbouring samples have different colours
     * @param jpeg     of the file that the picture is from
     */
    public record Known(OptionalDouble sigma255, boolean mosaic, Optional<JpegCoding> jpeg) {}

    /** Whether a network may ask for this. */
    public static boolean isKnown(String name) {
        return OF_NOISE.contains(name) || OF_FILE.contains(name) || name.equals(Shake.CONDITION) || ColorHistogram.SUMMARY.contains(name);
    }

    /** Finds out what the names ask for, and no more. */
    public static Condition of(List<String> names, Picture picture, Known known) {
        Optional<Noise> noise = names.stream().anyMatch(OF_NOISE::contains) ? Optional.of(noise(picture, known)) : Optional.empty();
        float[] summary = names.stream().anyMatch(ColorHistogram.SUMMARY::contains) ? ColorHistogram.of(picture).summary() : new float[0];
        Optional<float[]> kernel = names.contains(Shake.CONDITION) ? Optional.of(Shake.kernelOf(picture)) : Optional.empty();
        FloatBuffer values = FloatBuffer.allocate(Manifest.columns(names));
        for (String name : names) {
            switch (name) {
                case Noise.SIGMA -> values.put((float) (noise.orElseThrow().sigma255() / 255));
                case NoiseLevels.LUMA -> values.put((float) (noise.orElseThrow().levels().luma() / 255));
                case NoiseLevels.CHROMA -> values.put((float) (noise.orElseThrow().levels().chroma() / 255));
                case JPEG_DAMAGE -> values.put(known.jpeg().map(jpeg -> 1 - jpeg.quality() / 100f).orElse(0f));
                case JPEG_HALVED -> values.put(known.jpeg().map(jpeg -> (float) jpeg.halved()).orElse(0f));
                case Shake.CONDITION -> values.put(kernel.orElseThrow());
                default -> values.put(summary[ColorHistogram.SUMMARY.indexOf(name)]);
            }
        }
        return new Condition(values.array(), noise, kernel.map(found -> !Shake.isNone(found)), kernel.filter(found -> isSharp(found, picture)).isPresent());
    }

    /** Whether no shake was found in a picture where noise would not have hidden it. */
    public static boolean isSharp(float[] kernel, Picture picture) {
        return Shake.isNone(kernel) && NoiseEstimator.sigma255(picture) < HIDING_SIGMA_255;
    }

    private static Noise noise(Picture picture, Known known) {
        if (known.sigma255().isPresent()) {
            return Noise.given(known.sigma255().getAsDouble(), picture);
        }
        return known.mosaic() ? Noise.given(MosaicNoise.sigma255(picture), picture) : Noise.of(picture);
    }
}
