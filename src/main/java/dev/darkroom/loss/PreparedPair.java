package dev.darkroom.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.darkroom.loss.measure.Convention;
import dev.darkroom.loss.measure.Measure;
import dev.darkroom.loss.measure.UnmeasurableException;
import dev.darkroom.loss.network.FeatureMap;
import dev.darkroom.loss.network.MapMeasure;
import java.util.function.BinaryOperator;

/**
 * A picture and its reference as one convention wants them, shape (1,C,H,W), with the feature maps that a measure leaves for
 * the next.
 */
final class PreparedPair implements AutoCloseable {

    private final Convention convention;
    private final NDManager manager;
    private final NDArray restored;
    private final NDArray reference;
    private Maps maps;

    private record Maps(String layer, NDArray restored, NDArray reference) {
        private void close() {
            restored.close();
            reference.close();
        }
    }

    /** @param manager has the pictures, and is closed with this */
    PreparedPair(Convention convention, NDManager manager, NDArray restored, NDArray reference) {
        this.convention = convention;
        this.manager = manager;
        this.restored = restored;
        this.reference = reference;
    }

    boolean suits(Measure measure, Convention wanted) {
        return convention.equals(wanted) && restored.getDataType() == measure.precision();
    }

    /** @throws UnmeasurableException if the pictures do not fit the measure */
    double value(Measure measure) {
        if (measure instanceof MapMeasure onMaps) {
            onMaps.info().requireFit(restored, reference);
            Maps seen = maps(onMaps);
            return value(onMaps.comparison(), seen.restored, seen.reference);
        }
        return value(measure::compare, restored, reference);
    }

    private Maps maps(MapMeasure measure) {
        if (maps == null || !maps.layer.equals(measure.layer())) {
            if (maps != null) {
                maps.close();
                maps = null;
            }
            maps = maps(measure.layer(), measure.map());
        }
        return maps;
    }

    /** Both or none: what is left of a try that ran out of memory would be missing in the next. */
    private Maps maps(String layer, FeatureMap map) {
        NDArray ofRestored = map.of(restored);
        try {
            return new Maps(layer, ofRestored, map.of(reference));
        } catch (RuntimeException | Error e) {
            ofRestored.close();
            throw e;
        }
    }

    /** What is computed on the way belongs to the manager of the arrays, which is therefore another one meanwhile. */
    private double value(BinaryOperator<NDArray> comparison, NDArray u, NDArray v) {
        try (NDManager scope = manager.newSubManager()) {
            scope.tempAttachAll(u, v);
            return comparison.apply(u, v).toType(DataType.FLOAT64, false).toDoubleArray()[0];
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
