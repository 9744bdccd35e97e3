package dev.darkroom.inference;

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

/** A checkpoint on its device, ready to run. Any thread may run it. */
public final class TorchScriptCheckpoint implements AutoCloseable {
    private final CheckpointId id;
    private final Manifest manifest;
    private final Model model;
    private final PtSymbolBlock block;
    private final Precision precision;

    TorchScriptCheckpoint(CheckpointId id, Manifest manifest, Model model, Precision precision) {
        this.id = id;
        this.manifest = manifest;
        this.model = model;
        this.block = (PtSymbolBlock) model.getBlock();
        this.precision = precision;
    }

    /** The same weights on the same device, run in another precision. */
    TorchScriptCheckpoint in(Precision other) {
        return new TorchScriptCheckpoint(id, manifest, model, other);
    }

    public CheckpointId id() {
        return id;
    }

    public Manifest manifest() {
        return manifest;
    }

    public Precision precision() {
        return precision;
    }

    /** For example {@code cpu bfloat16} or {@code cuda:0 float16}. */
    public String device() {
        return Devices.name(model.getNDManager().getDevice()) + " " + precision;
    }

    Device rawDevice() {
        return model.getNDManager().getDevice();
    }

    /** A manager on the checkpoint's device; whoever asked closes it. */
    public NDManager newManager() {
        return model.getNDManager().newSubManager();
    }

    /**
     * Runs the network.
     *
     * @param x         (N,C,H,W) float32 in the manifest's range, H and W multiples of its size multiple
     * @param condition (N,K) float32; ignored if the network takes none
     * @return (N,C',H*scale,W*scale) float32, attached to {@code scratch}
     */
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
