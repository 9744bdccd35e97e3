package dev.darkroom.loss.correspondence;

import dev.darkroom.loss.FeatureLoss;
import dev.darkroom.loss.arithmetic.Seeds;
import java.util.stream.Stream;

/** The losses that look for each feature's nearest counterpart. */
public final class CorrespondenceLosses {

    private CorrespondenceLosses() {}

    public static Stream<FeatureLoss> all() {
        Stream<FeatureLoss> contextual = Stream.of(Dissimilarity.values()).map(dissimilarity -> new FeatureLoss(
                "contextual " + dissimilarity,
                (u, v) -> new ContextualLoss(dissimilarity, 0.5, Seeds.fixed(1)).of(u, v).mean()));
        FeatureLoss bilateral = new FeatureLoss("contextual bilateral",
                (u, v) -> new ContextualBilateralLoss(0.1, Seeds.fixed(1)).of(u, v).mean());
        return Stream.concat(contextual, Stream.of(bilateral));
    }
}
