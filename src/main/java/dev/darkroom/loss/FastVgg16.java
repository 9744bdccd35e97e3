package dev.darkroom.loss;

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
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * VGG16 with bfloat16 inside, for trainings: twice as fast on CPUs and GPUs that have it, features within a percent.
 *
 * <p>The conversions must be TorchScript's ({@code model-store/architectures/vgg16.py}), because the engine's binding ends
 * the gradient where it converts. Layers that are no ReLU are computed exactly.
 */
final class FastVgg16 implements FeatureNetwork, AutoCloseable {

    private static final String RESOURCE = "vgg16-bfloat16.pt";

    private final FeatureNetwork exact;
    private final FeatureWeights weights;
    private final List<String> relus;
    private final List<String> keys;
    private final Map<Device, Loaded> loaded = new ConcurrentHashMap<>();

    private record Loaded(Model model, NDList weights) {}

    FastVgg16(FeatureNetwork exact, FeatureWeights weights, List<Layer> layers) {
        this.exact = exact;
        this.weights = weights;
        relus = layers.stream().filter(Layer.Relu.class::isInstance).map(Layer::name).toList();
        keys = layers.stream().filter(Layer.Convolution.class::isInstance).map(layer -> ((Layer.Convolution) layer).key())
                .flatMap(key -> Stream.of(key + ".weight", key + ".bias")).toList();
    }

    @Override
    public String name() {
        return exact.name();
    }

    @Override
    public String weightsSha256() {
        return exact.weightsSha256();
    }

    @Override
    public int stride(String layer) {
        return exact.stride(layer);
    }

    @Override
    public Reach reach(String... layers) {
        return exact.reach(layers);
    }

    @Override
    public List<NDArray> features(NDArray rgb01, String... layers) {
        if (!relus.containsAll(List.of(layers))) {
            return exact.features(rgb01, layers);
        }
        Loaded network = loaded.computeIfAbsent(rgb01.getDevice(), device -> load(rgb01));
        long[] taps = Stream.of(layers).mapToLong(relus::indexOf).sorted().toArray();
        NDList inputs = new NDList(rgb01, rgb01.getManager().create(taps));
        inputs.addAll(network.weights);
        NDList features = network.model.getBlock().forward(new ParameterStore(network.model.getNDManager(), false), inputs, true);
        features.attach(rgb01.getManager());
        return Stream.of(layers).map(layer -> features.get(indexOf(taps, relus.indexOf(layer)))).toList();
    }

    private static int indexOf(long[] taps, int tap) {
        return IntStream.range(0, taps.length).filter(i -> taps[i] == tap).findFirst().orElseThrow();
    }

    private Loaded load(NDArray like) {
        Model model = Model.newInstance(RESOURCE, like.getDevice(), "PyTorch");
        try (InputStream archive = FastVgg16.class.getResourceAsStream(RESOURCE)) {
            model.load(archive, Map.of("mapLocation", "true"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedModelException e) {
            throw new IllegalStateException(e);
        }
        NDList copies = new NDList();
        Map<String, NDArray> originals = weights.like(like);
        for (String key : keys) {
            NDArray copy = originals.get(key).duplicate();
            copy.attach(model.getNDManager());
            copy.setName("weights[]"); // so that the engine passes them as one list
            copies.add(copy);
        }
        return new Loaded(model, copies);
    }

    @Override
    public void close() {
        loaded.values().forEach(network -> network.model.close());
    }
}
