package dev.darkroom.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.darkroom.loss.DeepSemanticStatistics.Average;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * {@link DeepSemanticStatistics} of the windows of one picture.
 *
 * @param most windows; where a picture has more of them, they are taken further apart, by whole strides
 */
record SemanticStatistics(DeepSemanticStatistics statistics, FeatureNetwork network, int most) {

    static final List<MeasureOption> OPTIONS = List.of(
            MeasureOption.choice("divergence", "KL(restored, clean), its inverse, their mean, or Jensen-Shannon's", "kl", "ikl", "sym", "jsd"),
            MeasureOption.choice("average", "over the windows' distributions, over all pairs, or none as in equation 2", "anchors", "pairs", "none"),
            MeasureOption.number("windows", "256", "at most so many windows, 3 to 2048: more of them are taken further apart than 56 pixels"));

    private static final String LAYER = "relu5_3";
    /** Where there are more windows than are compared. */
    private static final String SPREAD = "spread";
    private static final int SIDE = 224;
    private static final int STRIDE = 56;
    private static final int TOGETHER = 8;

    static NetworkMeasure measure(Chosen chosen, FeatureNetworks networks) {
        var statistics = new DeepSemanticStatistics(divergence(chosen.text("divergence")),
                Average.valueOf(chosen.text("average").toUpperCase(Locale.ROOT)));
        int most = chosen.whole("windows", DeepSemanticStatistics.LEAST_SAMPLES, 2048);
        Map<String, String> facts = new TreeMap<>(Map.of("layer", LAYER, "mode", SPREAD));
        facts.putAll(chosen.all());
        return new FeatureMeasure(
                MeasureInfo.distance("d2sm", SIDE, "Mei et al.: Deep semantic statistics matching (D2SM) denoising network, 2022, eq. 1 to 3"),
                Provenance.vgg16(networks, facts),
                (u, v) -> new SemanticStatistics(statistics, networks.named("vgg16"), most).of(u, v));
    }

    private static Divergence divergence(String name) {
        return switch (name) {
            case "ikl" -> Divergence.INVERSE_KL;
            case "sym" -> Divergence.SYMMETRIC;
            case "jsd" -> Divergence.JENSEN_SHANNON;
            default -> Divergence.KL;
        };
    }

    /** (N,3,H,W) twice to (N), each picture by itself. */
    private NDArray of(NDArray restored, NDArray reference) {
        NDList values = new NDList();
        for (int i = 0; i < restored.getShape().get(0); i++) {
            values.add(ofOne(restored.get(i + ":" + (i + 1)), reference.get(i + ":" + (i + 1))).reshape(1));
        }
        return FeatureMap.joined(values, 0);
    }

    private NDArray ofOne(NDArray restored, NDArray reference) {
        NDManager outer = restored.getManager();
        try (NDManager scope = outer.newSubManager()) {
            NDArray value = statistics.of(samples(restored, scope), samples(reference, scope));
            value.attach(outer);
            return value;
        }
    }

    /** The features of the windows, shape (windows, 100352). */
    private NDArray samples(NDArray picture, NDManager scope) {
        List<NDArray> windows = windows(picture);
        NDList features = new NDList();
        IntStream.iterate(0, from -> from < windows.size(), from -> from + TOGETHER)
                .forEach(from -> features.add(features(windows.subList(from, Math.min(from + TOGETHER, windows.size())), scope)));
        NDArray samples = FeatureMap.joined(features, 0);
        samples.attach(scope);
        return samples;
    }

    private List<NDArray> windows(NDArray picture) {
        int stride = STRIDE;
        while (new Patches(SIDE, stride).count(picture.getShape()) > most) {
            stride += STRIDE;
        }
        return new Patches(SIDE, stride).covering(picture);
    }

    private NDArray features(List<NDArray> windows, NDManager owner) {
        try (NDManager scope = owner.newSubManager()) {
            NDArray together = NDArrays.concat(new NDList(windows));
            together.attach(scope);
            NDArray features = network.features(together, LAYER).get(0).flatten(1, -1);
            features.attach(owner);
            return features;
        }
    }
}
