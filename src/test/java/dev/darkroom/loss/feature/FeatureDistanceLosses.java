package dev.darkroom.loss.feature;

import dev.darkroom.loss.FeatureLoss;
import java.util.stream.Stream;

/** The losses that compare features' moments. */
public final class FeatureDistanceLosses {

    private FeatureDistanceLosses() {}

    public static Stream<FeatureLoss> all() {
        return Stream.of(new FeatureLoss("gram", (u, v) -> GramDistance.of(u, v).mean()));
    }
}
