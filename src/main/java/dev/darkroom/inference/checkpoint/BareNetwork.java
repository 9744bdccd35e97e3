package dev.darkroom.inference.checkpoint;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.darkroom.model.CheckpointRefusedException;
import dev.darkroom.model.Precision;
import dev.darkroom.model.TorchScriptArchive;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** TorchScript of which nothing is known yet but that it only calculates; run on the CPU, to find out the rest. */
public final class BareNetwork implements AutoCloseable {
    private final Model model;
    private final PtSymbolBlock block;

    private BareNetwork(Model model) {
        this.model = model;
        block = (PtSymbolBlock) model.getBlock();
    }

    /** Values and their shape, outermost dimension first. */
    public record Values(long[] shape, float[] values) {}

    /** @throws CheckpointRefusedException if it is not TorchScript that only calculates */
    public static BareNetwork open(Path file) {
        TorchScriptArchive.check(file);
        Model model = Model.newInstance("unknown", Device.cpu(), "PyTorch");
        try {
            model.load(file, null, Map.of("mapLocation", "true"));
            return new BareNetwork(model);
        } catch (IOException | MalformedModelException | EngineException e) {
            model.close();
            throw new CheckpointRefusedException("the engine cannot load it as TorchScript", e);
        }
    }

    /** How many trained values it has. */
    public long parameters() {
        return block.getDirectParameters().values().stream().mapToLong(parameter -> parameter.getArray().size()).sum();
    }

    /**
     * Runs it.
     *
     * @param x         (N,C,H,W)
     * @param condition (N,K); empty if it is called with x alone
     * @return empty if it fails, or answers something else than one tensor of four dimensions
     * @throws CheckpointRefusedException if it changes x, which whoever mixes the answer with the picture needs
     */
    public Optional<Values> run(Values x, Optional<Values> condition, Precision precision) {
        JniUtils.setGraphExecutorOptimize(false);
        List<IValue> inputs = new ArrayList<>(2);
        try (NDManager scratch = model.getNDManager().newSubManager()) {
            NDArray picture = array(scratch, x);
            inputs.add(IValue.from((PtNDArray) picture));
            condition.ifPresent(values -> inputs.add(IValue.from((PtNDArray) array(scratch, values))));
            String method = precision == Precision.FLOAT32 ? "forward" : "forward_" + precision;
            try (IValue output = IValueUtils.runMethod(block, method, inputs.toArray(IValue[]::new))) {
                if (!output.isTensor()) {
                    return Optional.empty();
                }
                if (!Arrays.equals(picture.toFloatArray(), x.values)) {
                    throw new CheckpointRefusedException("it changes the picture that it is given");
                }
                NDArray answer = output.toTensor((PtNDManager) scratch);
                long[] shape = answer.getShape().getShape();
                return shape.length == 4 ? Optional.of(new Values(shape, answer.toFloatArray())) : Optional.empty();
            }
        } catch (EngineException | IllegalStateException | IllegalArgumentException e) {
            return Optional.empty();
        } finally {
            inputs.forEach(IValue::close);
        }
    }

    private static NDArray array(NDManager scratch, Values values) {
        return scratch.create(FloatBuffer.wrap(values.values), new Shape(values.shape));
    }

    @Override
    public void close() {
        model.close();
    }
}
