package dev.darkroom.enhance;

import dev.darkroom.estimate.Picture;
import dev.darkroom.estimate.colour.ColorHistogram;
import dev.darkroom.estimate.noise.MosaicNoise;
import dev.darkroom.estimate.noise.NoiseEstimator;
import dev.darkroom.estimate.shake.Shake;
import dev.darkroom.model.Manifest;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a network is told of a picture besides its pixels; the same for all tiles of the picture.
 *
 * @param values   in the order of the manifest's names
 * @param sigma255 the noise that was assumed; NaN if the network does not ask
 */
record Condition(float[] values, double sigma255) {
    private static final String SIGMA = "sigma/255";

    /** The first of the manifest's names that means nothing here. */
    static Optional<String> unknownName(Manifest manifest) {
        return manifest.condition().stream().filter(Predicate.not(Condition::isKnown)).findFirst();
    }

    private static boolean isKnown(String name) {
        return name.equals(SIGMA) || name.equals(Shake.CONDITION) || ColorHistogram.SUMMARY.contains(name);
    }

    /** Finds out what the names ask for, and no more. */
    static Condition of(List<String> names, Picture picture, EnhanceRequest request) {
        double sigma255 = names.contains(SIGMA) ? request.sigma255().orElseGet(() -> estimate(picture, request)) : Double.NaN;
        boolean colours = names.stream().anyMatch(ColorHistogram.SUMMARY::contains);
        float[] summary = colours ? ColorHistogram.of(picture).summary() : new float[0];
        FloatBuffer values = FloatBuffer.allocate(Manifest.columns(names));
        for (String name : names) {
            switch (name) {
                case SIGMA -> values.put((float) (sigma255 / 255));
                case Shake.CONDITION -> values.put(Shake.kernelOf(picture));
                default -> values.put(summary[ColorHistogram.SUMMARY.indexOf(name)]);
            }
        }
        return new Condition(values.array(), sigma255);
    }

    private static double estimate(Picture picture, EnhanceRequest request) {
        return request.pattern().isPresent() ? MosaicNoise.sigma255(picture) : NoiseEstimator.sigma255(picture);
    }
}
