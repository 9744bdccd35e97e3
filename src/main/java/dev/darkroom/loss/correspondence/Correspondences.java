package dev.darkroom.loss.correspondence;

import ai.djl.ndarray.NDArray;
import dev.darkroom.loss.arithmetic.Seeds;
import dev.darkroom.loss.measure.Chosen;
import dev.darkroom.loss.measure.MeasureInfo;
import dev.darkroom.loss.measure.MeasureOption;
import dev.darkroom.loss.measure.NetworkMeasure;
import dev.darkroom.loss.network.FeatureNetworks;
import dev.darkroom.loss.network.MapMeasure;
import dev.darkroom.loss.network.Provenance;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.LongSupplier;

/** The measures of whether each feature of one picture has a like one anywhere in the other. */
public final class Correspondences {

    private static final String CONTEXTUAL =
            "Mechrez, Talmi, Zelnik-Manor: The contextual loss for image transformation with non-aligned data, 2018";
    private static final String BILATERAL = "Zhang, Chen, Ng, Koltun: Zoom to learn, learn to zoom, 2019";
    private static final int SMALLEST_SIDE = 16;

    /** Where there are more than {@link FeatureVectors#LIMIT} positions. */
    private static final String SAMPLED = "sampled";

    private static final MeasureOption LAYER = MeasureOption.choice("layer", "of VGG16", "relu4_3", "relu3_3", "relu5_3");
    private static final MeasureOption SEED =
            MeasureOption.number("seed", "0", "of the 4225 positions that are compared where there are more");

    public static final List<MeasureOption> OF_CONTEXTUAL = List.of(
            MeasureOption.number("h", "0.5", "how soft the choice of the nearest feature is"), LAYER, SEED);
    public static final List<MeasureOption> OF_COBI = List.of(
            MeasureOption.number("weight", "0.1", "of one position's distance in the feature map"), LAYER, SEED);

    private Correspondences() {}

    /** CTXDP: cosine distance of features centred by the reference's mean. */
    public static NetworkMeasure contextualCosine(Chosen chosen, FeatureNetworks networks) {
        return contextual("contextual-dp", Dissimilarity.COSINE, chosen, networks);
    }

    /** CTXL2: squared distance of features as they are. */
    public static NetworkMeasure contextualSquared(Chosen chosen, FeatureNetworks networks) {
        return contextual("contextual-l2", Dissimilarity.SQUARED_EUCLIDEAN, chosen, networks);
    }

    public static NetworkMeasure bilateral(Chosen chosen, FeatureNetworks networks) {
        var loss = new ContextualBilateralLoss(chosen.positive("weight", 1e6), seeds(chosen));
        return measure("cobi", BILATERAL, chosen, networks, loss::of);
    }

    private static NetworkMeasure contextual(String name, Dissimilarity dissimilarity, Chosen chosen, FeatureNetworks networks) {
        var loss = new ContextualLoss(dissimilarity, chosen.positive("h", 1e3), seeds(chosen));
        return measure(name, CONTEXTUAL, chosen, networks, loss::of);
    }

    private static LongSupplier seeds(Chosen chosen) {
        return Seeds.fixed(chosen.whole("seed", 0, Integer.MAX_VALUE));
    }

    private static NetworkMeasure measure(String name, String source, Chosen chosen, FeatureNetworks networks,
            BinaryOperator<NDArray> ofFeatures) {
        Map<String, String> facts = new TreeMap<>(chosen.all());
        facts.put("mode", SAMPLED);
        return new MapMeasure(MeasureInfo.distance(name, SMALLEST_SIDE, source), Provenance.vgg16(networks, facts),
                networks, chosen.text("layer"), ofFeatures);
    }
}
