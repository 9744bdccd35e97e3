package dev.darkroom.loss;

import ai.djl.ndarray.NDArray;
import dev.darkroom.loss.correspondence.CorrespondenceLosses;
import dev.darkroom.loss.distribution.DistributionLosses;
import dev.darkroom.loss.feature.FeatureDistanceLosses;
import dev.darkroom.loss.semantic.SemanticLosses;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One of the losses on features, with what tests must know of it.
 *
 * @param of features of restored pictures and of references, to a scalar
 */
public record FeatureLoss(String name, BinaryOperator<NDArray> of) {

    static Stream<FeatureLoss> all() {
        return Stream.of(DistributionLosses.all(), CorrespondenceLosses.all(), SemanticLosses.all(), FeatureDistanceLosses.all()).flatMap(Function.identity());
    }

    boolean symmetric() {
        return !name.startsWith("contextual") && !name.equals("d2sm KL") && !name.equals("d2sm INVERSE_KL");
    }

    @Override
    public String toString() {
        return name;
    }
}
