package dev.darkroom.loss.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.darkroom.loss.arithmetic.Pause;
import dev.darkroom.loss.measure.UnmeasurableException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A chain of layers that ends with the last one asked for. */
final class ConvolutionalNetwork implements FeatureNetwork {

    private static final double[] IMAGENET_MEAN = {0.485, 0.456, 0.406};
    private static final double[] IMAGENET_DEVIATION = {0.229, 0.224, 0.225};

    private final String name;
    private final FeatureWeights weights;
    private final List<Layer> layers;
    private final boolean normalizes;
    private final Optional<ChainInBfloat16> chain;

    /**
     * Describes a network.
     *
     * @param normalizes whether it was trained on pictures with ImageNet's mean and deviation taken out
     * @param chain that float32 pictures may go through instead of the exact layers, if it has such
     */
    ConvolutionalNetwork(String name, FeatureWeights weights, List<Layer> layers, boolean normalizes, Optional<ChainInBfloat16> chain) {
        this.name = name;
        this.weights = weights;
        this.layers = layers;
        this.normalizes = normalizes;
        this.chain = chain.filter(any -> ChainInBfloat16.fits(layers));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String weightsSha256() {
        return weights.sha256();
    }

    @Override
    public List<NDArray> features(NDArray rgb01, String... names) {
        return chain.isPresent() && rgb01.getDataType() == DataType.FLOAT32 ? approximate(rgb01, names) : exact(rgb01, names);
    }

    private List<NDArray> approximate(NDArray rgb01, String... names) {
        List<Layer> used = until(names);
        long[] taps = Stream.of(names).mapToLong(this::indexOf).sorted().distinct().toArray();
        try (NDManager scope = rgb01.getManager().newSubManager()) {
            NDArray input = input(rgb01, scope);
            List<NDArray> features = chain.orElseThrow().features(input, used, taps, weights.like(rgb01));
            features.forEach(array -> array.attach(rgb01.getManager()));
            return Stream.of(names).map(name -> features.get(Arrays.binarySearch(taps, indexOf(name)))).toList();
        }
    }

    private List<NDArray> exact(NDArray rgb01, String... names) {
        Set<String> wanted = Set.of(names);
        var features = new HashMap<String, NDArray>();
        try (NDManager scope = rgb01.getManager().newSubManager()) {
            NDArray current = input(rgb01, scope);
            boolean asked = false;
            for (Layer layer : until(names)) {
                NDArray next = layer.apply(current, weights.like(current));
                // What nobody asked for goes as soon as it is used; a gradient keeps alive what it needs.
                if (!asked) {
                    current.close();
                }
                current = next;
                Pause.after(current);
                asked = wanted.contains(layer.name());
                if (asked) {
                    features.put(layer.name(), current);
                }
            }
            features.values().forEach(array -> array.attach(rgb01.getManager()));
        }
        return Stream.of(names).map(features::get).toList();
    }

    @Override
    public int stride(String layer) {
        return until(layer).stream().mapToInt(Layer::stride).reduce(1, Math::multiplyExact);
    }

    @Override
    public Reach reach(String... names) {
        int before = 0;
        int behind = 0;
        int stride = 1;
        for (Layer layer : until(names)) {
            before += stride * layer.padding();
            behind += stride * (layer.side() - 1 - layer.padding());
            stride *= layer.stride();
        }
        return new Reach(before, behind);
    }

    /** The layers up to the last of these. */
    private List<Layer> until(String... names) {
        return layers.subList(0, Stream.of(names).mapToInt(this::indexOf).max().orElse(-1) + 1);
    }

    private int indexOf(String layer) {
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).name().equals(layer)) {
                return i;
            }
        }
        throw new IllegalArgumentException("%s has no layer %s".formatted(name, layer));
    }

    /** A new array in the scope; the caller's stays as it is. */
    private NDArray input(NDArray rgb01, NDManager scope) {
        if (rgb01.getShape().dimension() != 4 || rgb01.getShape().get(1) != 3) {
            throw UnmeasurableException.needsColor(rgb01.getShape());
        }
        if (!normalizes) {
            NDArray view = rgb01.reshape(rgb01.getShape());
            view.attach(scope);
            return view;
        }
        try (NDArray centred = rgb01.sub(perChannel(scope, IMAGENET_MEAN, rgb01))) {
            NDArray scaled = centred.div(perChannel(scope, IMAGENET_DEVIATION, rgb01));
            scaled.attach(scope);
            return scaled;
        }
    }

    private static NDArray perChannel(NDManager scope, double[] values, NDArray like) {
        return scope.create(values, new Shape(1, 3, 1, 1)).toType(like.getDataType(), true);
    }
}
