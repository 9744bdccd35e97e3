package dev.darkroom.loss.semantic;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.darkroom.loss.measure.Chosen;
import dev.darkroom.loss.measure.MeasureInfo;
import dev.darkroom.loss.measure.MeasureOption;
import dev.darkroom.loss.measure.NetworkMeasure;
import dev.darkroom.loss.network.FeatureMap;
import dev.darkroom.loss.network.FeatureMeasure;
import dev.darkroom.loss.network.FeatureNetworks;
import dev.darkroom.loss.network.Provenance;
import dev.darkroom.loss.semantic.DeepSemanticStatistics.Average;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@link DeepSemanticStatistics} of the windows of one picture. */
public record SemanticStatistics(DeepSemanticStatistics statistics, SemanticSamples samples) {

    public static final List<MeasureOption> OPTIONS = List.of(
            MeasureOption.choice("divergence", "KL(restored, clean), its inverse, their mean, or Jensen-Shannon's", "kl", "ikl", "sym", "jsd"),
            MeasureOption.choice("average", "over the windows' distributions, over all pairs, or none as in equation 2", "anchors", "pairs", "none"),
            MeasureOption.number("windows", "256", "at most so many windows, 3 to 2048: more of them are taken further apart than 56 pixels"));

    /** Where there are more windows than are compared. */
    private static final String SPREAD = "spread";
    private static final int SIDE = 224;
    private static final int STRIDE = 56;

    public static NetworkMeasure measure(Chosen chosen, FeatureNetworks networks) {
        DeepSemanticStatistics statistics = statistics(chosen);
        int most = chosen.whole("windows", DeepSemanticStatistics.LEAST_SAMPLES, 2048);
        Map<String, String> facts = new TreeMap<>(Map.of("layer", SemanticSamples.LAYER, "mode", SPREAD));
        facts.putAll(chosen.all());
        return new FeatureMeasure(
                MeasureInfo.distance("d2sm", SIDE, "Mei et al.: Deep semantic statistics matching (D2SM) denoising network, 2022, eq. 1 to 3"),
                Provenance.vgg16(networks, facts),
                (u, v) -> new SemanticStatistics(statistics, new SemanticSamples(networks.named("vgg16"), SIDE, STRIDE, most)).of(u, v));
    }

    static DeepSemanticStatistics statistics(Chosen chosen) {
        return new DeepSemanticStatistics(divergence(chosen.text("divergence")),
                Average.valueOf(chosen.text("average").toUpperCase(Locale.ROOT)));
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
            NDArray value = statistics.of(samples.of(restored, scope), samples.of(reference, scope));
            value.attach(outer);
            return value;
        }
    }
}
