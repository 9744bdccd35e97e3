package dev.darkroom.loss.semantic;

import dev.darkroom.loss.FeatureLoss;
import dev.darkroom.loss.semantic.DeepSemanticStatistics.Average;
import java.util.stream.Stream;

/** The losses on how samples resemble each other. */
public final class SemanticLosses {

    private SemanticLosses() {}

    public static Stream<FeatureLoss> all() {
        return Stream.of(Divergence.values()).map(divergence -> new FeatureLoss(
                "d2sm " + divergence, new DeepSemanticStatistics(divergence, Average.ANCHORS)::of));
    }
}
