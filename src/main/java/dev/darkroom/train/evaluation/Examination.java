package dev.darkroom.train.evaluation;

import dev.darkroom.loss.measure.Convention;
import dev.darkroom.loss.measure.Convention.Color;
import dev.darkroom.loss.measure.Convention.Quantize;
import dev.darkroom.train.degradation.BayerMosaic;
import dev.darkroom.train.degradation.GaussianNoise;
import dev.darkroom.train.degradation.JpegUploads;
import dev.darkroom.train.degradation.NoiseProtocol;
import dev.darkroom.train.degradation.haze.Air;
import dev.darkroom.train.degradation.haze.Haze;
import dev.darkroom.train.degradation.shake.BlurKernel;
import dev.darkroom.train.degradation.shake.CameraShake;
import dev.darkroom.train.photo.Bicubic;
import dev.darkroom.train.photo.JpegTraces.Chroma;
import dev.darkroom.train.photo.PhotoFile;
import dev.darkroom.train.photo.Planes;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;

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
    private static final List<Integer> QUALITIES_OF_GOOD_FILES = List.of(90, 95, 98, 100);

    static Examination denoise(List<NoiseProtocol> protocols, List<Double> sigmas255) {
        List<Exercise> exercises = new ArrayList<>();
        for (NoiseProtocol protocol : protocols) {
            for (double sigma255 : sigmas255) {
                exercises.add(new Exercise(protocol.toString(), sigma255, List.of(Convention.RGB_8BIT), (picture, seed) -> {
                    Planes clean = picture.planes();
                    float[] noise = GaussianNoise.sample(seed, picture.number(), (float) sigma255, clean.values().length);
                    return List.of(Trial.noisy(clean.with(protocol.degrade(clean.values(), noise)), clean, sigma255));
                }));
            }
        }
        return new Examination(exercises, AS_IT_IS);
    }

    /** What cameras made, as it is: one exposure of each pair, to be compared with the mean of many. */
    static Examination exposures(List<TestPicture> pairs) {
        return ofEachCamera(pairs, "", Convention.RGB_8BIT, (real, mean) -> mean);
    }

    /** The same with the mean moved to where the exposure lies, without the border. */
    static Examination registered(List<TestPicture> pairs) {
        return ofEachCamera(pairs, ", registered", new Convention(Color.RGB, Registration.BORDER, Quantize.EIGHT_BIT),
                (real, mean) -> Registration.of(real, mean).moved(mean));
    }

    private static Examination ofEachCamera(List<TestPicture> pairs, String note, Convention convention, BinaryOperator<Planes> target) {
        return new Examination(pairs.stream().map(TestPicture::camera).distinct().map(camera -> new Exercise(camera + note, convention, (picture, seed) -> {
            if (!picture.camera().equals(camera)) {
                return List.of();
            }
            PhotoFile file = picture.given().get(TestPicture.REAL);
            Planes real = file.read().whole();
            return List.of(new Trial(real, target.apply(real, picture.planes()), OptionalDouble.empty(), file.jpeg()));
        })).toList(), AS_IT_IS);
    }

    /**
     * Luma without as many border pixels as the scale, on the set's own small pictures if it brings them, as they are and as JPEG files
     * (4:2:0).
     */
    static Examination superResolve(int scale, List<Integer> qualities) {
        var convention = new Convention(Color.Y, scale, Quantize.EIGHT_BIT);
        List<Exercise> exercises = new ArrayList<>();
        exercises.add(new Exercise("x" + scale, convention, (picture, seed) -> List.of(Trial.of(small(picture, scale), large(picture, scale)))));
        for (int quality : qualities) {
            exercises.add(new Exercise("x%d, quality %d".formatted(scale, quality), convention, (picture, seed) ->
                    List.of(Trial.jpeg(JpegUploads.through(small(picture, scale), quality, Chroma.HALVED), large(picture, scale), quality, true))));
        }
        return new Examination(exercises, trial -> Bicubic.enlarged(trial.input(), scale));
    }

    private static Planes large(TestPicture picture, int scale) {
        Planes whole = picture.planes();
        return whole.cut(0, 0, whole.width() / scale * scale, whole.height() / scale * scale);
    }

    private static Planes small(TestPicture picture, int scale) {
        return picture.given("lr_x" + scale).orElseGet(() -> Bicubic.shrunk(large(picture, scale), scale).as8Bit());
    }

    /** What needs no restoring: clean pictures, as they are and as good JPEG files (4:4:4), which are to become no worse. */
    static Examination harmless() {
        List<Exercise> exercises = new ArrayList<>();
        exercises.add(new Exercise("as it is", Convention.RGB_8BIT, (picture, seed) -> List.of(Trial.of(picture.planes(), picture.planes()))));
        for (int quality : QUALITIES_OF_GOOD_FILES) {
            exercises.add(new Exercise("quality " + quality, Convention.RGB_8BIT, (picture, seed) -> {
                Planes clean = picture.planes();
                return List.of(Trial.jpeg(JpegUploads.through(clean, quality, Chroma.FULL), clean, quality, false));
            }));
        }
        return new Examination(exercises, AS_IT_IS);
    }

    static Examination deblur(List<BlurKernel> kernels) {
        List<Exercise> exercises = new ArrayList<>();
        exercises.add(new Exercise("trajectory", Convention.RGB_8BIT, (picture, seed) -> {
            Planes clean = picture.planes();
            var random = random(seed, picture, 0);
            double length = SHORTEST_SHAKE + (LONGEST_SHAKE - SHORTEST_SHAKE) * random.nextDouble();
            BlurKernel kernel = BlurKernel.trajectory(length, random);
            double sigma255 = CameraShake.STRONGEST_SIGMA_255 * random.nextDouble();
            return List.of(Trial.of(CameraShake.shaken(clean.extended(kernel.radius()), kernel.radius(), kernel, sigma255, random), clean));
        }));
        if (!kernels.isEmpty()) {
            exercises.add(new Exercise("kernels", SIGMA_255_OF_SHARP_KERNELS, List.of(Convention.RGB_8BIT), (picture, seed) -> {
                Planes clean = picture.planes();
                List<Trial> trials = new ArrayList<>();
                for (BlurKernel kernel : kernels) {
                    trials.add(Trial.of(CameraShake.shaken(clean.extended(kernel.radius()), kernel.radius(), kernel,
                            SIGMA_255_OF_SHARP_KERNELS, random(seed, picture, trials.size())), clean));
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
                return List.of(Trial.noisy(mosaic.with(NoiseProtocol.CLIPPED.degrade(mosaic.values(), noise)), clean, sigma255));
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
                boolean halved = !clean.isGray();
                Planes shown = halved ? JpegUploads.through(clean, quality, Chroma.HALVED) : JpegUploads.through(clean.first(), quality, Chroma.FULL).threefold();
                return List.of(Trial.jpeg(shown, clean, quality, halved));
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
        return List.of(Trial.of(hazy, clean));
    }

    private static SplittableRandom random(long seed, TestPicture picture, int trial) {
        return new SplittableRandom(GaussianNoise.hash(GaussianNoise.hash(GaussianNoise.hash(seed) + picture.number()) + trial));
    }
}
