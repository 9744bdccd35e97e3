package dev.darkroom.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.loss.Convention;
import dev.darkroom.loss.Measure;
import dev.darkroom.loss.Measures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleFunction;

/**
 * Measures restorers on the same noisy pictures: seeded Gaussian noise is added, the restored pictures are clipped and
 * rounded to 8 bits, and PSNR and SSIM are averaged over the pictures.
 */
public final class DenoisingEvaluation {

    private static final Measure PSNR = Measures.named("psnr");
    private static final Measure SSIM = Measures.named("ssim");

    private final Map<String, Restorer> restorers = new LinkedHashMap<>();
    private final List<NoiseProtocol> protocols;
    private final List<Float> sigmas255;
    private final long seed;

    private record Setting(NoiseProtocol protocol, float sigma255, String restorer) {}

    private record Quality(double psnr, double ssim) {}

    /**
     * Plans an evaluation; the noisy input is measured first, as {@value EvaluationRow#INPUT}.
     *
     * @param restorers by the names that the results will carry, in the order of the results
     * @param sigmas255 noise levels on the 0..255 scale
     */
    public DenoisingEvaluation(
            Map<String, Restorer> restorers, List<NoiseProtocol> protocols, List<Float> sigmas255, long seed) {
        this.restorers.put(EvaluationRow.INPUT, (noisy, sigma255, manager) -> noisy);
        this.restorers.putAll(restorers);
        this.protocols = List.copyOf(protocols);
        this.sigmas255 = List.copyOf(sigmas255);
        this.seed = seed;
    }

    /**
     * Runs over every n-th picture of a set.
     *
     * @param progress told the number of finished pictures
     * @return one row for each protocol, noise level and restorer, in this order
     * @throws PhotoFileException if a picture cannot be read
     */
    List<EvaluationRow> run(String set, List<PhotoFile> photos, int every, IntConsumer progress) {
        Map<Setting, List<Quality>> results = new LinkedHashMap<>();
        for (int picture = 0; picture < photos.size(); picture += every) {
            Photograph clean = photos.get(picture).read();
            float[] planes = clean.planes();
            for (NoiseProtocol protocol : protocols) {
                for (float sigma255 : sigmas255) {
                    float[] noise = GaussianNoise.sample(seed, picture, sigma255, planes.length);
                    float[] noisy = protocol.degrade(planes, noise);
                    restorers.forEach((name, restorer) -> results
                            .computeIfAbsent(new Setting(protocol, sigma255, name), setting -> new ArrayList<>())
                            .add(quality(restorer, clean, noisy, sigma255)));
                }
            }
            progress.accept(picture / every + 1);
        }
        return results.entrySet().stream().map(result -> row(set, result.getKey(), result.getValue())).toList();
    }

    private static Quality quality(Restorer restorer, Photograph clean, float[] noisy, float sigma255) {
        Shape shape = new Shape(1, 3, clean.height(), clean.width());
        try (NDManager scope = NDManager.newBaseManager()) {
            NDArray reference = scope.create(clean.planes(), shape);
            NDArray restored = restorer.restore(scope.create(noisy, shape), sigma255, scope).clip(0, 1);
            return new Quality(
                    PSNR.measure(restored, reference, Convention.RGB_8BIT)[0],
                    SSIM.measure(restored, reference, Convention.RGB_8BIT)[0]);
        }
    }

    private static EvaluationRow row(String set, Setting setting, List<Quality> qualities) {
        return new EvaluationRow(set, qualities.size(), setting.protocol(), setting.sigma255(), setting.restorer(),
                mean(qualities, Quality::psnr), mean(qualities, Quality::ssim));
    }

    private static double mean(List<Quality> qualities, ToDoubleFunction<Quality> value) {
        return qualities.stream().mapToDouble(value).average().orElseThrow();
    }
}
