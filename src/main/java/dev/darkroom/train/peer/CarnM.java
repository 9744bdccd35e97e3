package dev.darkroom.train.peer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * CARN-M for fourfold super-resolution (Ahn, Kang, Sohn: Fast, Accurate, and Lightweight Super-Resolution with Cascading
 * Residual Network, 2018): three blocks in cascade, each of one residual block of grouped convolutions that is applied
 * three times, then two pixel shuffles. The weights bring DIV2K's mean colour, which is taken away first and given back.
 */
public final class CarnM implements AutoCloseable {

    private static final int FEATURES = 64;
    private static final int GROUPS = 4;
    private static final int STAGES = 3;

    private final Weights weights;
    private final Convolution withoutMean;
    private final Convolution entry;
    private final Cascade cascade;
    private final List<Convolution> enlargements;
    private final Convolution exit;
    private final Convolution withMean;

    /** Stages whose inputs are fused, by a pointwise convolution, from all that came before. */
    private record Cascade(List<UnaryOperator<NDArray>> stages, List<Convolution> fusions) {

        NDArray apply(NDArray input) {
            return Scope.run(input, input.getManager(), first -> {
                NDArray history = first;
                NDArray fused = first;
                for (int i = 0; i < STAGES; i++) {
                    history = history.concat(stages.get(i).apply(fused), 1);
                    fused = fusions.get(i).rectified(history);
                }
                return fused;
            });
        }
    }

    private record ResidualBlock(List<Convolution> grouped, Convolution pointwise) {

        NDArray apply(NDArray input) {
            try (NDArray features = Convolution.rectified(grouped, input.duplicate());
                    NDArray residual = pointwise.linear(features)) {
                return Activation.relu(residual.addi(input));
            }
        }
    }

    /**
     * Takes the weights under the names of the public state dictionary, {@code sub_mean.shifter.weight} to
     * {@code exit.bias}; those for other scales are left.
     *
     * @param parent closes the network, unless that is done before
     * @throws UnfitWeightsException if one is missing or has another shape
     */
    public CarnM(NDManager parent, WeightSource source) {
        weights = new Weights("CARN-M", parent, source);
        withoutMean = weights.convolution("sub_mean.shifter", 3, 3, 1);
        entry = weights.convolution("entry", 3, FEATURES, 3);
        cascade = cascade("", IntStream.rangeClosed(1, STAGES).mapToObj(this::block).toList());
        enlargements = List.of(enlargement(0), enlargement(3));
        exit = weights.convolution("exit", FEATURES, 3, 3);
        withMean = weights.convolution("add_mean.shifter", 3, 3, 1);
    }

    private UnaryOperator<NDArray> block(int number) {
        String prefix = "b" + number + ".";
        var residual = new ResidualBlock(
                List.of(grouped(prefix + "b1.body.0", FEATURES), grouped(prefix + "b1.body.2", FEATURES)),
                weights.convolution(prefix + "b1.body.4", FEATURES, FEATURES, 1));
        return cascade(prefix, Collections.nCopies(STAGES, residual::apply))::apply;
    }

    private Cascade cascade(String prefix, List<UnaryOperator<NDArray>> stages) {
        List<Convolution> fusions = IntStream.rangeClosed(1, STAGES)
                .mapToObj(i -> weights.convolution(prefix + "c" + i + ".body.0", (i + 1) * FEATURES, FEATURES, 1))
                .toList();
        return new Cascade(stages, fusions);
    }

    private Convolution enlargement(int place) {
        return grouped("upsample.up4.body." + place, 4 * FEATURES);
    }

    private Convolution grouped(String layer, int outputs) {
        return weights.convolution(layer, FEATURES, outputs, 3, GROUPS);
    }

    /**
     * Enlarges pictures that were shrunk by 4 with Matlab's bicubic filter.
     *
     * @param small shape (N,3,H,W), RGB on the 0..1 scale
     * @return shape (N,3,4H,4W), not clipped, in the input's manager
     */
    public NDArray restore(NDArray small) {
        return Scope.run(small, small.getManager(), this::enlarged);
    }

    private NDArray enlarged(NDArray small) {
        NDArray features = cascade.apply(entry.linear(withoutMean.linear(small)));
        for (Convolution enlargement : enlargements) {
            try (NDArray previous = features;
                    NDArray channels = enlargement.rectified(previous)) {
                features = PixelShuffle.unfold(channels);
            }
        }
        return withMean.linear(exit.linear(features));
    }

    @Override
    public void close() {
        weights.close();
    }
}
