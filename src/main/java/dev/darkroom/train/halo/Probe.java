package dev.darkroom.train.halo;

import dev.darkroom.estimate.Condition;
import dev.darkroom.image.file.JpegCoding;
import dev.darkroom.model.Manifest;
import dev.darkroom.train.degradation.BayerMosaic;
import dev.darkroom.train.degradation.GaussianNoise;
import dev.darkroom.train.degradation.JpegUploads;
import dev.darkroom.train.degradation.NoiseProtocol;
import dev.darkroom.train.degradation.haze.Air;
import dev.darkroom.train.degradation.haze.Haze;
import dev.darkroom.train.degradation.shake.BlurKernel;
import dev.darkroom.train.degradation.shake.CameraShake;
import dev.darkroom.train.photo.JpegTraces.Chroma;
import dev.darkroom.train.photo.Planes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * A picture as a network of a task is shown it, and what the service would tell the network of it.
 *
 * @param input     (C,H,W) in [0,1], rounded to 8 bits
 * @param condition K values
 */
record Probe(Planes input, float[] condition) {
    private static final List<Double> NOISES = List.of(0.0, 25.0, 75.0);
    private static final List<Double> NOISES_OF_MOSAICS = List.of(0.0, 25.0);
    private static final List<Integer> QUALITIES = List.of(10, 40);
    private static final List<Double> SHAKES = List.of(12.0, 35.0);
    private static final double NOISE_OF_SHAKEN = 2;

    /** A clean picture (3,H,W) in every state that the manifest's task is for, the worst too. */
    static List<Probe> of(Manifest manifest, Planes clean) {
        var random = new SplittableRandom(clean.width());
        List<Probe> probes = new ArrayList<>();
        switch (manifest.task()) {
            case DENOISE -> NOISES.forEach(sigma -> probes.add(noisy(manifest, clean, sigma)));
            case DEMOSAIC -> NOISES_OF_MOSAICS.forEach(sigma -> probes.add(noisy(manifest, BayerMosaic.of(clean), sigma)));
            case DEJPEG -> QUALITIES.forEach(quality -> probes.add(file(manifest, clean, quality)));
            case SUPER_RESOLVE -> {
                probes.add(told(manifest, clean.as8Bit(), Optional.empty()));
                probes.add(file(manifest, clean, QUALITIES.get(1)));
            }
            case DEBLUR -> SHAKES.forEach(length -> {
                BlurKernel kernel = BlurKernel.trajectory(length, random);
                Planes shaken = CameraShake.shaken(clean.extended(kernel.radius()), kernel.radius(), kernel, NOISE_OF_SHAKEN, random);
                probes.add(told(manifest, shaken, Optional.empty()));
            });
            case DEHAZE -> probes.add(told(manifest, Haze.over(clean, Air.random(random)).as8Bit(), Optional.empty()));
        }
        return probes;
    }

    private static Probe noisy(Manifest manifest, Planes clean, double sigma255) {
        float[] noise = GaussianNoise.sample(1, clean.width(), (float) sigma255, clean.values().length);
        Planes noisy = clean.with(NoiseProtocol.CLIPPED.degrade(clean.values(), noise));
        var known = new Condition.Known(OptionalDouble.of(sigma255), clean.channels() == 1, Optional.empty(), false);
        return new Probe(noisy, Condition.of(manifest, noisy.picture(), known).values());
    }

    private static Probe file(Manifest manifest, Planes clean, int quality) {
        return told(manifest, JpegUploads.through(clean, quality, Chroma.HALVED), Optional.of(new JpegCoding(quality, 1)));
    }

    private static Probe told(Manifest manifest, Planes shown, Optional<JpegCoding> jpeg) {
        var known = new Condition.Known(OptionalDouble.empty(), shown.channels() == 1, jpeg, false);
        return new Probe(shown, Condition.of(manifest, shown.picture(), known).values());
    }
}
