package dev.darkroom.loss.measure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

/**
 * Compares restored pictures with their references; the same formula trains and measures.
 *
 * <p>Pictures are RGB (or one channel) in [0,1], shape (N,C,H,W). Implementations hold no arrays of a call and are safe
 * to share between threads.
 */
public interface Measure {

    /** What the values mean: name, unit, direction, range and source. */
    MeasureInfo info();

    /**
     * The formula itself, differentiable, in the precision of its inputs and without clipping them.
     *
     * @return one value for each picture, shape (N), in the restored array's manager
     * @throws UnmeasurableException if the shapes differ or a side is too short
     */
    NDArray compare(NDArray restored, NDArray reference);

    /**
     * The scalar to minimise: the mean over the batch, turned where higher is better.
     *
     * @throws UnmeasurableException if the shapes differ or a side is too short
     */
    default NDArray loss(NDArray restored, NDArray reference) {
        NDArray mean = compare(restored, reference).mean();
        return switch (info().better()) {
            case LOWER -> mean;
            case HIGHER -> mean.neg().add(info().highest());
        };
    }

    /** In which pictures are handed to {@link #compare} to be measured. */
    default DataType precision() {
        return DataType.FLOAT64;
    }

    /**
     * The reported values, computed on pictures that the convention has clipped, quantised, cropped and converted.
     *
     * @return one value for each picture
     * @throws UnmeasurableException if the pictures do not fit the measure or the convention, or hold values that
     *     are no picture's
     */
    default double[] measure(NDArray restored, NDArray reference, Convention convention) {
        try (NDManager scope = restored.getManager().newSubManager()) {
            NDArray u = restored.toType(DataType.FLOAT64, true);
            NDArray v = reference.toType(DataType.FLOAT64, true);
            u.attach(scope);
            v.attach(scope);
            return compare(convention.apply(u).toType(precision(), false), convention.apply(v).toType(precision(), false))
                    .toType(DataType.FLOAT64, false).toDoubleArray();
        }
    }
}
