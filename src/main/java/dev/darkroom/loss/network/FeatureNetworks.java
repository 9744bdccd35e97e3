package dev.darkroom.loss.network;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The published networks that are installed, each loaded when it is first needed and kept until this is closed.
 *
 * <p>Thread-safe.
 */
public final class FeatureNetworks implements AutoCloseable {

    private static final int DISCRIMINATORS = 8;

    private final Predicate<String> installed;
    private final Function<String, FeatureWeights> load;
    private final Map<String, FeatureWeights> weights = new ConcurrentHashMap<>();
    private final Optional<ChainInBfloat16> chain;

    /** @param folder where {@code darkroom features install} puts weights; it need not exist */
    public FeatureNetworks(Path folder) {
        this(name -> FeatureWeights.find(folder, name).isPresent(), name -> FeatureWeights.load(folder, name), false);
    }

    FeatureNetworks(Predicate<String> installed, Function<String, FeatureWeights> load, boolean inBfloat16) {
        this.installed = installed;
        this.load = load;
        this.chain = inBfloat16 ? Optional.of(new ChainInBfloat16()) : Optional.empty();
    }

    /** The same networks for training, where features need not be exact: those of plain layers have bfloat16 inside. */
    public static FeatureNetworks inBfloat16(Path folder) {
        return new FeatureNetworks(name -> FeatureWeights.find(folder, name).isPresent(), name -> FeatureWeights.load(folder, name), true);
    }

    /** Whether weights of this name are installed, sound or not. */
    public boolean has(String name) {
        return weights.containsKey(name) || installed.test(name);
    }

    /**
     * {@code vgg16} with layers {@code conv1_1, relu1_1, ... pool4, ... relu5_3}, {@code alexnet} with {@code conv1, relu1,
     * pool1, ... relu5}, or {@code squeezenet1_1} with {@code conv1, relu1, pool1, fire2, ... fire9}.
     *
     * @throws FeatureWeightsException if its weights are not installed, or damaged
     * @throws IllegalArgumentException if there is no network of this name
     */
    public FeatureNetwork named(String name) {
        List<Layer> layers = switch (name) {
            case "vgg16" -> Architectures.vgg16();
            case "alexnet" -> Architectures.alexNet();
            case "squeezenet1_1" -> Architectures.squeezeNet();
            default -> throw new IllegalArgumentException("no feature network is called " + name);
        };
        return new ConvolutionalNetwork(name, weights(name), layers, true, chain);
    }

    /** What DISTS runs on: the weights of {@code vgg16}, pooled smoothly. */
    public FeatureNetwork vgg16WithL2Pooling() {
        return new ConvolutionalNetwork("vgg16", weights("vgg16"), Architectures.vgg16WithL2Pooling(), true, chain);
    }

    /**
     * The eight discriminators of MDF, with layers {@code head, body, tail}.
     *
     * @param set {@code mdf-sr}, {@code mdf-jpeg} or {@code mdf-own-TASK}
     */
    public List<FeatureNetwork> discriminators(String set) {
        FeatureWeights folded = weights(set);
        return IntStream.range(0, DISCRIMINATORS)
                .<FeatureNetwork>mapToObj(index -> new ConvolutionalNetwork(
                        set, folded, Architectures.discriminator(index), false, chain))
                .toList();
    }

    /** @throws FeatureWeightsException if they are not installed, or damaged */
    public FeatureWeights weights(String name) {
        return weights.computeIfAbsent(name, load);
    }

    @Override
    public void close() {
        chain.ifPresent(ChainInBfloat16::close);
        weights.values().forEach(FeatureWeights::close);
    }
}
