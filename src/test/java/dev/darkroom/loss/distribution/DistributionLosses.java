package dev.darkroom.loss.distribution;

import dev.darkroom.loss.FeatureLoss;
import dev.darkroom.loss.arithmetic.Seeds;
import dev.darkroom.loss.distribution.RandomProjection.Kind;
import java.util.function.Function;
import java.util.stream.Stream;

/** The losses on how features are distributed. */
public final class DistributionLosses {

    private DistributionLosses() {}

    public static Stream<FeatureLoss> all() {
        Stream<FeatureLoss> projections = Stream.of(Kind.values())
                .map(kind -> pdl("pdl " + kind, new RandomProjection(kind, 2, Seeds.fixed(1)), 1, Reduction.MEAN));
        Stream<FeatureLoss> reductions = Stream.of(Reduction.values())
                .map(reduction -> pdl("pdl p=2 " + reduction, Projection.IDENTITY, 2, reduction));
        Stream<FeatureLoss> others = Stream.of(
                pdl("pdl", Projection.IDENTITY, 1, Reduction.MEAN),
                new FeatureLoss("swd", (u, v) -> new SlicedWasserstein(20, 2, Seeds.fixed(1)).of(u, v).mean()));
        return Stream.of(projections, reductions, others).flatMap(Function.identity());
    }

    private static FeatureLoss pdl(String name, Projection projection, int p, Reduction reduction) {
        var loss = new ProjectedDistributionLoss(projection, p, 1, 1, reduction);
        return new FeatureLoss(name, (u, v) -> loss.of(u, v).mean());
    }
}
