package dev.darkroom.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Map;

/**
 * A measure on the features of a published network.
 *
 * <p>Everything but {@link #info()} and {@link #installed()} throws {@link FeatureWeightsException} where the network's
 * weights are not installed.
 */
public interface NetworkMeasure extends Measure {

    /** Whether the weights it needs are installed. */
    boolean installed();

    /**
     * What must be reported with its values: the network, its layer or version where there are several, and the digests of
     * the weights as {@code sha256:...}.
     */
    Map<String, String> provenance();

    /** Prepares the pictures in float64 as every measure does, but runs the network in float32, as it was trained. */
    @Override
    default double[] measure(NDArray restored, NDArray reference, Convention convention) {
        try (NDManager scope = restored.getManager().newSubManager()) {
            NDArray u = prepared(restored, convention, scope);
            NDArray v = prepared(reference, convention, scope);
            return compare(u, v).toType(DataType.FLOAT64, false).toDoubleArray();
        }
    }

    private static NDArray prepared(NDArray pictures, Convention convention, NDManager owner) {
        try (NDManager scope = owner.newSubManager()) {
            NDArray precise = pictures.toType(DataType.FLOAT64, true);
            precise.attach(scope);
            NDArray prepared = convention.apply(precise).toType(DataType.FLOAT32, false);
            prepared.attach(owner);
            return prepared;
        }
    }
}
