package dev.darkroom.train.curriculum;

import dev.darkroom.model.Task;
import dev.darkroom.train.degradation.BicubicShrinking;
import dev.darkroom.train.degradation.CameraUploads;
import dev.darkroom.train.degradation.CleanUploads;
import dev.darkroom.train.degradation.Degradation;
import dev.darkroom.train.degradation.JpegUploads;
import dev.darkroom.train.degradation.Mixture;
import dev.darkroom.train.degradation.NoisyMosaics;
import dev.darkroom.train.degradation.NoisyUploads;
import dev.darkroom.train.degradation.SmallUploads;
import dev.darkroom.train.degradation.haze.Haze;
import dev.darkroom.train.degradation.shake.CameraShake;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * What the networks of a task are shown.
 *
 * @param training   draws the examples
 * @param validation by the name that progress lines give it; the same every time
 */
public record Curriculum(Degradation training, Map<String, Degradation> validation) {

    /** @param scale of the network: output pixels per input pixel along one side */
    public static Curriculum of(Task task, int scale) {
        return switch (task) {
            case DENOISE -> new Curriculum(noise(), noises());
            case SUPER_RESOLVE -> new Curriculum(small(scale), smallOnes(scale));
            case DEBLUR -> new Curriculum(new CameraShake(), Map.of("shake", new CameraShake()));
            case DEMOSAIC -> new Curriculum(new NoisyMosaics(), each("sigma ", NoisyMosaics::of, 0, 10));
            case DEJPEG -> new Curriculum(new JpegUploads(), and(each("quality ", JpegUploads::of, 10, 20, 40, 95), "none", JpegUploads.none()));
            case DEHAZE -> new Curriculum(new Haze(), and(Map.of("haze", new Haze()), "none", Haze.none()));
        };
    }

    /** White noise as the literature has it, noise as cameras make it, and none. */
    private static Degradation noise() {
        return Mixture.of(new Mixture.Part(0.30, new NoisyUploads()), new Mixture.Part(0.56, new CameraUploads()),
                new Mixture.Part(0.07, new CleanUploads(false)), new Mixture.Part(0.07, new CleanUploads(true)));
    }

    private static Map<String, Degradation> noises() {
        return and(and(each("sigma ", NoisyUploads::of, 15, 25, 50), "camera", new CameraUploads(3, 5)), "clean", new CleanUploads(false));
    }

    /** As the literature shrinks pictures, and as people have them. */
    private static Degradation small(int scale) {
        return Mixture.of(new Mixture.Part(0.45, new BicubicShrinking(scale)), new Mixture.Part(0.55, new SmallUploads(scale)));
    }

    private static Map<String, Degradation> smallOnes(int scale) {
        return and(each("x", BicubicShrinking::new, scale), "jpeg 75", SmallUploads.jpeg(scale, 75));
    }

    private static Map<String, Degradation> and(Map<String, Degradation> others, String name, Degradation degradation) {
        Map<String, Degradation> all = new LinkedHashMap<>(others);
        all.put(name, degradation);
        return all;
    }

    private static Map<String, Degradation> each(String name, IntFunction<Degradation> degradation, int... levels) {
        Map<String, Degradation> validation = new LinkedHashMap<>();
        for (int level : levels) {
            validation.put(name + level, degradation.apply(level));
        }
        return validation;
    }
}
