package dev.darkroom.train.evaluation;

import dev.darkroom.loss.measure.Convention;
import dev.darkroom.loss.measure.Convention.Color;
import dev.darkroom.loss.measure.Convention.Quantize;
import dev.darkroom.train.degradation.Air;
import dev.darkroom.train.degradation.BayerMosaic;
import dev.darkroom.train.degradation.Bicubic;
import dev.darkroom.train.degradation.BlurKernel;
import dev.darkroom.train.degradation.CameraShake;
import dev.darkroom.train.degradation.GaussianNoise;
import dev.darkroom.train.degradation.Haze;
import dev.darkroom.train.degradation.JpegTraces.Chroma;
import dev.darkroom.train.degradation.JpegUploads;
import dev.darkroom.train.degradation.NoiseProtocol;
import dev.darkroom.train.degradation.Planes;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What the restorers of a task are measured on, and what their input is worth by itself.
 *
 * @param untouched what anyone has without a network: the input, enlarged or interpolated where it must be
 */
record Examination(List<Exercise> exercises, Restorer untouched) {
    /** Of camera shakes: with noise of sigma 0 to 15 their input is near 27 dB on CBSD68, as in the literature's table. */
    private static final double SHORTEST_SHAKE = 5;
    private static final double LONGEST_SHAKE = 40;
    private static final double SIGMA_255_OF_SHARP_KERNELS = 2;
    private static final Convention LUMA = new Convention(Color.Y, 0, Quantize.EIGHT_BIT);
    private static final Restorer AS_IT_IS = Trial::input;

    static Examination denoise(List<NoiseProtocol> protocols, List<Double> sigmas255) {
        List<Exercise> exercises = new ArrayList<>();
        for (NoiseProtocol protocol : protocols) {
            for (double sigma255 : sigmas255) {
                exercises.add(new Exercise(protocol.toString(), sigma255, List.of(Convention.RGB_8BIT), (picture, seed) -> {
                    Planes clean = picture.planes();
                    float[] noise = GaussianNoise.sample(seed, picture.number(), (float) sigma255, clean.values().length);
                    return List.of(new Trial(clean.with(protocol.degrade(clean.values(), noise)), clean, sigma255));
                }));
            }
        }
        return new Examination(exercises, AS_IT_IS);
    }

    /** Luma without as many border pixels as the scale, on the set's own small pictures if it brings them. */
    static Examination superResolve(int scale) {
        var convention = new Convention(Color.Y, scale, Quantize.EIGHT_BIT);
        return new Examination(List.of(new Exercise("x" + scale, convention, (picture, seed) -> {
            Planes whole = picture.planes();
            Planes clean = whole.cut(0, 0, whole.width() / scale * scale, whole.height() / scale * scale);
            Planes small = picture.given("lr_x" + scale).orElseGet(() -> Bicubic.shrunk(clean, scale).as8Bit());
            return List.of(new Trial(small, clean, 0));
        })), trial -> Bicubic.enlarged(trial.input(), scale));
    }

    static Examination deblur(List<BlurKernel> kernels) {
        List<Exercise> exercises = new ArrayList<>();
        exercises.add(new Exercise("trajectory", Convention.RGB_8BIT, (picture, seed) -> {
            Planes clean = picture.planes();
            var random = random(seed, picture, 0);
            double length = SHORTEST_SHAKE + (LONGEST_SHAKE - SHORTEST_SHAKE) * random.nextDouble();
            BlurKernel kernel = BlurKernel.trajectory(length, random);
            double sigma255 = CameraShake.STRONGEST_SIGMA_255 * random.nextDouble();
            return List.of(new Trial(CameraShake.shaken(clean.extended(kernel.radius()), kernel.radius(), kernel, sigma255, random), clean, 0));
        }));
        if (!kernels.isEmpty()) {
            exercises.add(new Exercise("kernels", SIGMA_255_OF_SHARP_KERNELS, List.of(Convention.RGB_8BIT), (picture, seed) -> {
                Planes clean = picture.planes();
                List<Trial> trials = new ArrayList<>();
                for (BlurKernel kernel : kernels) {
                    trials.add(new Trial(CameraShake.shaken(clean.extended(kernel.radius()), kernel.radius(), kernel,
                            SIGMA_255_OF_SHARP_KERNELS, random(seed, picture, trials.size())), clean, 0));
                }
                return trials;
            }));
        }
        return new Examination(exercises, AS_IT_IS);
    }

    static Examination demosaic(List<Double> sigmas255) {
        List<Exercise> exercises = new ArrayList<>();
        for (double sigma255 : sigmas255) {
            exercises.add(new Exercise("rggb", sigma255, List.of(Convention.RGB_8BIT), (picture, seed) -> {
                Planes clean = picture.planes();
                Planes mosaic = BayerMosaic.of(clean);
                float[] noise = GaussianNoise.sample(seed, picture.number(), (float) sigma255, mosaic.values().length);
                return List.of(new Trial(mosaic.with(NoiseProtocol.CLIPPED.degrade(mosaic.values(), noise)), clean, sigma255));
            }));
        }
        return new Examination(exercises, trial -> BayerMosaic.interpolated(trial.input()));
    }

    /** Gray sets are compressed as gray files and compared in luma; colour ones 4:2:0, in both. */
    static Examination dejpeg(List<Integer> qualities) {
        List<Exercise> exercises = new ArrayList<>();
        for (int quality : qualities) {
            exercises.add(new Exercise("quality " + quality, null, List.of(Convention.RGB_8BIT, LUMA), (picture, seed) -> {
                Planes clean = picture.planes();
                Planes shown = clean.isGray()
                        ? JpegUploads.through(clean.first(), quality, Chroma.FULL).threefold()
                        : JpegUploads.through(clean, quality, Chroma.HALVED);
                return List.of(new Trial(shown, clean, 0));
            }));
        }
        return new Examination(exercises, AS_IT_IS);
    }

    /** The set's own hazy pictures if it brings them. */
    static Examination dehaze() {
        return new Examination(List.of(new Exercise("haze", Convention.RGB_8BIT, Examination::hazy)), AS_IT_IS);
    }

    private static List<Trial> hazy(TestPicture picture, long seed) {
        Planes clean = picture.planes();
        Planes hazy = picture.given("hazy").orElseGet(() -> Haze.over(clean, Air.random(random(seed, picture, 0))));
        return List.of(new Trial(hazy, clean, 0));
    }

    private static SplittableRandom random(long seed, TestPicture picture, int trial) {
        return new SplittableRandom(GaussianNoise.hash(GaussianNoise.hash(GaussianNoise.hash(seed) + picture.number()) + trial));
    }
}
