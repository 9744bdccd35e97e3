package dev.darkroom.loss.distribution;

import ai.djl.ndarray.NDArray;
import dev.darkroom.loss.Measures;
import dev.darkroom.loss.network.FeatureMap;
import dev.darkroom.loss.network.FeatureNetworks;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/** The losses with the options and directions for which values were computed elsewhere, by the names used there. */
public final class GoldenFeatureLosses {

    private final FeatureNetworks networks;

    public GoldenFeatureLosses(FeatureNetworks networks) {
        this.networks = networks;
    }

    /** A loss of two pictures of shape (1,3,H,W). */
    public BinaryOperator<NDArray> named(String name) {
        return switch (name) {
            case "pdl rsp" -> along(1, GoldenFeatureLosses::sphere);
            case "pdl rpp" -> along(2, GoldenFeatureLosses::perturbed);
            case "pdl r2p" -> along(4, GoldenFeatureLosses::pair);
            case "pdl global" -> measure("pdl", Map.of("mode", "global"));
            case "d2sm ikl", "d2sm sym", "d2sm jsd" -> measure("d2sm", Map.of("divergence", name.substring(5)));
            default -> measure(name.split(" ")[0], options(name));
        };
    }

    private BinaryOperator<NDArray> measure(String name, Map<String, String> options) {
        return Measures.named(name, options, networks)::compare;
    }

    private static Map<String, String> options(String name) {
        String[] parts = name.split("[ =]");
        return parts.length == 1 ? Map.of() : Map.of(parts[1], parts[2]);
    }

    private BinaryOperator<NDArray> along(int multiple, Direction direction) {
        Projection projection = channels -> Projection.onto(IntStream.range(0, multiple * channels)
                .mapToObj(row -> direction.of(row, channels))
                .toArray(double[][]::new));
        return FeatureMap.comparing(networks, "relu4_3", new ProjectedDistributionLoss(projection, 1, 1, 1, Reduction.MEAN)::of);
    }

    /** Directions by a formula, so that another program can have the same. */
    private interface Direction {
        double[] of(int row, int channels);
    }

    private static double[] sphere(int row, int channels) {
        return IntStream.range(0, channels).mapToDouble(c -> Math.sin(1 + (double) row * channels + c)).toArray();
    }

    private static double[] perturbed(int row, int channels) {
        double[] lean = Projection.unit(sphere(row, channels));
        return IntStream.range(0, channels).mapToDouble(c -> 0.1 * lean[c] + (c == row % channels ? 1 : 0)).toArray();
    }

    private static double[] pair(int row, int channels) {
        double[] direction = new double[channels];
        int a = (37 * row + 11) % channels;
        int b = (101 * row + 53) % channels;
        direction[a] = Math.cos(row + 1);
        direction[a == b ? b + 1 : b] = Math.sin(2 * row + 1);
        return direction;
    }
}
