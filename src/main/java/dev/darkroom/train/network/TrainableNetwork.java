package dev.darkroom.train.network;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import dev.darkroom.model.TorchScriptArchive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A TorchScript module whose weights can be trained: TorchScript in, TorchScript out.
 *
 * <p>Weights are float32; the condition's dtype chooses the precision of the hidden features. Not thread-safe: gradient
 * mode and the graph executor's settings belong to the thread that created it.
 */
public final class TrainableNetwork implements AutoCloseable {
    private final Model model;
    private final PtSymbolBlock block;
    private final Map<String, NDArray> weights = new LinkedHashMap<>();

    /** @throws dev.darkroom.model.CheckpointRefusedException if it is not TorchScript that only calculates */
    public TrainableNetwork(Path torchScript, Device device) {
        TorchScriptArchive.check(torchScript);
        model = Model.newInstance("trainee", device, "PyTorch");
        try {
            model.load(torchScript, null, Map.of("trainParam", "true", "mapLocation", "true"));
        } catch (IOException | MalformedModelException e) {
            throw new TrainingException("cannot load " + torchScript + " as TorchScript", e);
        }
        // Training shapes are fixed, but validation's differ: without the optimiser no shape is specialised twice.
        JniUtils.setGraphExecutorOptimize(false);
        JniUtils.setGradMode(false);
        block = (PtSymbolBlock) model.getBlock();
        for (Pair<String, Parameter> parameter : block.getDirectParameters()) {
            NDArray weight = parameter.getValue().getArray();
            weight.setRequiresGradient(true);
            weights.put(parameter.getKey(), weight);
        }
    }

    /** The weights by name, in the module's order; they alias the module's own. */
    public Map<String, NDArray> weights() {
        return weights;
    }

    public NDManager manager() {
        return model.getNDManager();
    }

    /**
     * Runs the network.
     *
     * @param x         N,C,H,W float32
     * @param condition N,K float32; with K = 0 the network takes x alone
     * @return the restored pictures, attached to x's manager
     */
    public NDArray restore(NDArray x, NDArray condition, DataType precision, boolean training) {
        NDList inputs = condition.getShape().get(1) == 0 ? new NDList(x) : new NDList(x, condition);
        if (precision != DataType.FLOAT32) {
            // The engine's binding cannot make bfloat16 arrays; the module's own method of that name can.
            NDArray method = x.getManager().create(0f);
            method.setName("module_method:forward_" + precision.name().toLowerCase(Locale.ROOT));
            inputs.add(method);
        }
        return block.forward(new ParameterStore(manager(), false), inputs, training).singletonOrThrow();
    }

    /** An exported architecture holds each weight's standard deviation in its place: draws the weights from the seed. */
    public void drawWeights(long seed) {
        var random = new SplittableRandom(seed);
        for (NDArray weight : weights.values()) {
            float[] values = weight.toFloatArray();
            for (int i = 0; i < values.length; i++) {
                values[i] *= (float) random.nextGaussian();
            }
            assign(weight, values);
        }
    }

    /** Takes over the weights of another module that have the same name and shape; how many those were. */
    public int takeWeights(Path torchScript) {
        int taken = 0;
        try (var other = new TrainableNetwork(torchScript, Device.cpu())) {
            for (Map.Entry<String, NDArray> weight : other.weights.entrySet()) {
                NDArray own = weights.get(weight.getKey());
                if (own != null && own.getShape().equals(weight.getValue().getShape())) {
                    assign(own, weight.getValue().toFloatArray());
                    taken++;
                }
            }
        }
        return taken;
    }

    /** Replaces an array's values in place, so that whatever aliases it sees them. */
    static void assign(NDArray array, float[] values) {
        try (NDArray source = array.getManager().create(FloatBuffer.wrap(values), array.getShape())) {
            assign(array, source);
        }
    }

    static void assign(NDArray array, NDArray source) {
        array.muli(0).addi(source);
    }

    /** The module as a TorchScript archive, with the weights as they are now. */
    public byte[] torchScript() {
        var archive = new ByteArrayOutputStream(1 << 22);
        JniUtils.writeModule(block, archive, false);
        return archive.toByteArray();
    }

    @Override
    public void close() {
        model.close();
    }
}
