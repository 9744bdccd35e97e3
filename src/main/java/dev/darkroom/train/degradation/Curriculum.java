package dev.darkroom.train.degradation;

import dev.darkroom.model.Task;
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
            case SUPER_RESOLVE -> new Curriculum(new BicubicShrinking(scale), each("x", BicubicShrinking::new, scale));
            case DEBLUR -> new Curriculum(new CameraShake(), Map.of("shake", new CameraShake()));
            case DEMOSAIC -> new Curriculum(new NoisyMosaics(), each("sigma ", NoisyMosaics::of, 0, 10));
            case DEJPEG -> new Curriculum(new JpegUploads(), each("quality ", JpegUploads::of, 10, 20, 40));
            case DEHAZE -> new Curriculum(new Haze(), Map.of("haze", new Haze()));
        };
    }

    /** White noise as the literature has it, noise as cameras make it, and none. */
    private static Degradation noise() {
        return Mixture.of(new Mixture.Part(0.40, new NoisyUploads()), new Mixture.Part(0.40, new CameraUploads()),
                new Mixture.Part(0.10, new CleanUploads(false)), new Mixture.Part(0.10, new CleanUploads(true)));
    }

    private static Map<String, Degradation> noises() {
        Map<String, Degradation> validation = each("sigma ", NoisyUploads::of, 15, 25, 50);
        validation.put("camera", new CameraUploads(3, 5));
        validation.put("clean", new CleanUploads(false));
        return validation;
    }

    private static Map<String, Degradation> each(String name, IntFunction<Degradation> degradation, int... levels) {
        Map<String, Degradation> validation = new LinkedHashMap<>();
        for (int level : levels) {
            validation.put(name + level, degradation.apply(level));
        }
        return validation;
    }
}
