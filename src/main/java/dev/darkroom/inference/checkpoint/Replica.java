package dev.darkroom.inference.checkpoint;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A checkpoint's weights on one device. Any thread may run it. */
public final class Replica implements AutoCloseable {
    private final CheckpointId id;
    private final Manifest manifest;
    private final Model model;
    private final PtSymbolBlock block;
    private final Precision precision;
    private final Calibration calibration;
    private final Map<TileShape, Integer> batches = new ConcurrentHashMap<>();

    Replica(CheckpointId id, Manifest manifest, Model model, Precision precision, Calibration calibration) {
        this.id = id;
        this.manifest = manifest;
        this.model = model;
        this.block = (PtSymbolBlock) model.getBlock();
        this.precision = precision;
        this.calibration = calibration;
    }

    /** The same weights on the same device, run in another precision. */
    public Replica in(Precision other) {
        return new Replica(id, manifest, model, other, calibration);
    }

    Replica withCalibration(Calibration measured) {
        return new Replica(id, manifest, model, precision, measured);
    }

    CheckpointId id() {
        return id;
    }

    public Manifest manifest() {
        return manifest;
    }

    public Precision precision() {
        return precision;
    }

    Calibration calibration() {
        return calibration;
    }

    /** {@link Calibration#tiles}, remembered. */
    public int tilesPerBatch(TileShape shape) {
        return batches.computeIfAbsent(shape, calibration::tiles);
    }

    /** {@link Calibration#nanosOfBatch}. */
    public long nanosOfBatch(TileShape shape, int tiles) {
        return calibration.nanosOfBatch(shape, tiles);
    }

    public Device device() {
        return model.getNDManager().getDevice();
    }

    /** A manager on the device; whoever asked closes it. */
    public NDManager newManager() {
        return model.getNDManager().newSubManager();
    }

    /** See {@link TorchScriptCheckpoint#forward}. */
    public NDArray forward(NDManager scratch, NDArray x, NDArray condition) {
        // Belongs to the thread: without it the first runs of every new shape would be spent on specialising.
        JniUtils.setGraphExecutorOptimize(false);
        List<IValue> inputs = new ArrayList<>(2);
        try {
            inputs.add(IValue.from((PtNDArray) x));
            if (!manifest.condition().isEmpty()) {
                inputs.add(IValue.from((PtNDArray) condition));
            }
            // The engine's own predictor leaks the inputs of a forward that throws; here they are closed on every path.
            try (IValue output = IValueUtils.runMethod(block, method(), inputs.toArray(IValue[]::new))) {
                return output.toTensor((PtNDManager) scratch);
            }
        } finally {
            inputs.forEach(IValue::close);
        }
    }

    /** The binding cannot make a bfloat16 array; a checkpoint that computes in reduced precision has a method for it. */
    private String method() {
        return precision == Precision.FLOAT32 ? "forward" : "forward_" + precision;
    }

    @Override
    public void close() {
        model.close();
    }
}
