package dev.darkroom.loss.network;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A chain of layers with bfloat16 inside, for trainings: twice as fast as float32 where a processor has it.
 *
 * <p>It is TorchScript ({@code model-store/architectures/chain.py}), because the engine's binding ends the gradient where it
 * converts. Thread-safe.
 */
final class ChainInBfloat16 implements AutoCloseable {

    private static final String RESOURCE = "chain-bfloat16.pt";
    private static final long CONVOLUTION = 0;
    private static final long LEAKY_RELU = 1;
    private static final long MAX_POOL = 2;

    private final Map<Device, Model> models = new ConcurrentHashMap<>();

    /** Whether it has all of these layers. */
    static boolean fits(List<Layer> layers) {
        return layers.stream().allMatch(layer -> layer instanceof Layer.Convolution || layer instanceof Layer.Relu
                || layer instanceof Layer.LeakyRelu || layer instanceof Layer.MaxPool);
    }

    /**
     * Runs the layers.
     *
     * @param x pictures as the first layer takes them, (N,C,H,W) in float32
     * @param taps ascending indices of the layers whose results are wanted
     * @return in the order of the taps, in float32, in the manager of the pictures
     */
    List<NDArray> features(NDArray x, List<Layer> layers, long[] taps, Map<String, NDArray> weights) {
        Model model = models.computeIfAbsent(x.getDevice(), ChainInBfloat16::load);
        NDList inputs = new NDList(x, x.getManager().create(steps(layers)), x.getManager().create(taps));
        for (Layer layer : layers) {
            if (layer instanceof Layer.Convolution convolution) {
                inputs.add(listed(weights.get(convolution.key() + ".weight")));
                inputs.add(listed(weights.get(convolution.key() + ".bias")));
            }
        }
        NDList features = model.getBlock().forward(new ParameterStore(model.getNDManager(), false), inputs, true);
        features.attach(x.getManager());
        return features;
    }

    private static long[][] steps(List<Layer> layers) {
        return layers.stream().map(ChainInBfloat16::step).toArray(long[][]::new);
    }

    private static long[] step(Layer layer) {
        if (layer instanceof Layer.Convolution convolution) {
            return new long[] {CONVOLUTION, convolution.stride(), convolution.padding(), 0};
        }
        if (layer instanceof Layer.LeakyRelu relu) {
            return new long[] {LEAKY_RELU, Math.round(relu.slope() * 1e6), 0, 0};
        }
        if (layer instanceof Layer.MaxPool pool) {
            return new long[] {MAX_POOL, pool.side(), pool.stride(), pool.partial() ? 1 : 0};
        }
        return new long[] {LEAKY_RELU, 0, 0, 0};
    }

    /** Named so that the engine passes all such arrays as one list. */
    private static NDArray listed(NDArray weight) {
        weight.setName("weights[]");
        return weight;
    }

    private static Model load(Device device) {
        Model model = Model.newInstance(RESOURCE, device, "PyTorch");
        try (InputStream archive = ChainInBfloat16.class.getResourceAsStream(RESOURCE)) {
            model.load(archive, Map.of("mapLocation", "true"));
            return model;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedModelException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        models.values().forEach(Model::close);
    }
}
