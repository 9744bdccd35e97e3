package dev.darkroom.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.darkroom.train.degradation.Degradation;
import dev.darkroom.train.degradation.Example;
import dev.darkroom.train.network.TrainableNetwork;
import dev.darkroom.train.photo.Excerpt;
import dev.darkroom.train.photo.Photograph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** PSNR on the centres of photographs that training never sees, degraded in the same way every time. */
final class Validation {
    private static final int LARGEST_SIDE = 256;
    private static final int SIDE_MULTIPLE = 32;
    private static final long SEED = 1;

    private final Map<String, List<Example>> examples = new LinkedHashMap<>();

    Validation(List<Photograph> held, Map<String, Degradation> degradations) {
        degradations.forEach((name, degradation) -> {
            var random = new SplittableRandom(SEED);
            List<Example> degraded = new ArrayList<>();
            held.forEach(photograph -> degraded.add(degradation.apply(centre(photograph, degradation.margin()), random)));
            examples.put(name, degraded);
        });
    }

    private static Excerpt centre(Photograph photograph, int margin) {
        int shorter = Math.min(photograph.width(), photograph.height()) - 2 * margin;
        int side = Math.min(LARGEST_SIDE, shorter / SIDE_MULTIPLE * SIDE_MULTIPLE);
        return new Excerpt(photograph, (photograph.width() - side) / 2, (photograph.height() - side) / 2, side, 0);
    }

    /** @return mean PSNR in dB by the degradation's name */
    Map<String, Double> psnr(TrainableNetwork network, DataType precision) {
        Map<String, Double> byName = new LinkedHashMap<>();
        examples.forEach((name, degraded) -> byName.put(name, degraded.stream()
                .mapToDouble(example -> psnr(network, precision, example)).average().orElse(Double.NaN)));
        return byName;
    }

    private static double psnr(TrainableNetwork network, DataType precision, Example example) {
        try (NDManager scratch = network.manager().newSubManager()) {
            NDArray restored = network.restore(Stack.of(scratch, List.of(example.input())),
                    Stack.conditions(scratch, List.of(example)), precision, false).clip(0, 1);
            NDArray target = Stack.of(scratch, List.of(example.target()));
            return -10 * Math.log10(restored.sub(target).square().mean().getFloat());
        }
    }
}
