package dev.darkroom.loss.measure;

import ai.djl.ndarray.types.DataType;
import dev.darkroom.loss.network.FeatureWeightsException;
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

    /** As it was trained. */
    @Override
    default DataType precision() {
        return DataType.FLOAT32;
    }
}
