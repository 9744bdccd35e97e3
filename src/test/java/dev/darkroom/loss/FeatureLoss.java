package dev.darkroom.loss;

import ai.djl.ndarray.NDArray;
import dev.darkroom.loss.DeepSemanticStatistics.Average;
import dev.darkroom.loss.RandomProjection.Kind;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One of the losses on features, with what tests must know of it.
 *
 * @param of features of restored pictures and of references, to a scalar
 */
record FeatureLoss(String name, BinaryOperator<NDArray> of) {

    static Stream<FeatureLoss> all() {
        return Stream.of(distributions(), vectors(), statistics()).flatMap(Function.identity());
    }

    boolean symmetric() {
        return !name.startsWith("contextual") && !name.equals("d2sm KL") && !name.equals("d2sm INVERSE_KL");
    }

    @Override
    public String toString() {
        return name;
    }

    private static Stream<FeatureLoss> distributions() {
        Stream<FeatureLoss> projections = Stream.of(Kind.values())
                .map(kind -> pdl("pdl " + kind, new RandomProjection(kind, 2, Seeds.fixed(1)), 1, Reduction.MEAN));
        Stream<FeatureLoss> reductions = Stream.of(Reduction.values())
                .map(reduction -> pdl("pdl p=2 " + reduction, Projection.IDENTITY, 2, reduction));
        Stream<FeatureLoss> others = Stream.of(
                pdl("pdl", Projection.IDENTITY, 1, Reduction.MEAN),
                new FeatureLoss("swd", (u, v) -> new SlicedWasserstein(20, 2, Seeds.fixed(1)).of(u, v).mean()),
                new FeatureLoss("gram", (u, v) -> GramDistance.of(u, v).mean()));
        return Stream.of(projections, reductions, others).flatMap(Function.identity());
    }

    private static FeatureLoss pdl(String name, Projection projection, int p, Reduction reduction) {
        var loss = new ProjectedDistributionLoss(projection, p, 1, 1, reduction);
        return new FeatureLoss(name, (u, v) -> loss.of(u, v).mean());
    }

    private static Stream<FeatureLoss> vectors() {
        Stream<FeatureLoss> contextual = Stream.of(Dissimilarity.values()).map(dissimilarity -> new FeatureLoss(
                "contextual " + dissimilarity,
                (u, v) -> new ContextualLoss(dissimilarity, 0.5, Seeds.fixed(1)).of(u, v).mean()));
        FeatureLoss bilateral = new FeatureLoss("contextual bilateral",
                (u, v) -> new ContextualBilateralLoss(0.1, Seeds.fixed(1)).of(u, v).mean());
        return Stream.concat(contextual, Stream.of(bilateral));
    }

    private static Stream<FeatureLoss> statistics() {
        return Stream.of(Divergence.values()).map(divergence -> new FeatureLoss(
                "d2sm " + divergence, new DeepSemanticStatistics(divergence, Average.ANCHORS)::of));
    }
}
