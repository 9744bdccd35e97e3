package dev.darkroom.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import dev.darkroom.loss.DeepSemanticStatistics.Average;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/** The losses on VGG16 with the layers, windows and directions for which values were computed elsewhere. */
final class GoldenFeatureLosses {

    private static final String[] STYLE = {"relu1_2", "relu2_2", "relu3_3", "relu4_3"};

    private final PublishedVgg16 vgg16;

    /** By the picture itself: what a network of this size has seen once need not be computed for the next loss. */
    private final Map<NDArray, NDArray> samples = new IdentityHashMap<>();
    private final Map<NDArray, NDArray> conv4 = new IdentityHashMap<>();

    GoldenFeatureLosses(PublishedVgg16 vgg16) {
        this.vgg16 = vgg16;
    }

    /** A loss of two pictures of shape (1,3,H,W). */
    BinaryOperator<NDArray> named(String name) {
        return switch (name) {
            case "gram" -> this::gram;
            case "pdl" -> tiled(pdl(Projection.IDENTITY, 1));
            case "pdl p=2" -> tiled(pdl(Projection.IDENTITY, 2));
            case "pdl global" -> conv4(pdl(Projection.IDENTITY, 1)::of);
            case "pdl rsp" -> conv4(pdl(formula(1, GoldenFeatureLosses::sphere), 1)::of);
            case "pdl rpp" -> conv4(pdl(formula(2, GoldenFeatureLosses::perturbed), 1)::of);
            case "pdl r2p" -> conv4(pdl(formula(4, GoldenFeatureLosses::pair), 1)::of);
            case "pdl-loss" -> withPixels(tiled(pdl(Projection.IDENTITY, 1)), 0.01);
            case "contextual-dp" -> contextual(Dissimilarity.COSINE, 0.5);
            case "contextual-dp h=0.1" -> contextual(Dissimilarity.COSINE, 0.1);
            case "contextual-dp h=1.0" -> contextual(Dissimilarity.COSINE, 1);
            case "contextual-l2" -> contextual(Dissimilarity.SQUARED_EUCLIDEAN, 0.5);
            case "d2sm" -> d2sm(Divergence.KL);
            case "d2sm ikl" -> d2sm(Divergence.INVERSE_KL);
            case "d2sm sym" -> d2sm(Divergence.SYMMETRIC);
            case "d2sm jsd" -> d2sm(Divergence.JENSEN_SHANNON);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private NDArray gram(NDArray u, NDArray v) {
        List<NDArray> ofU = vgg16.features(u, STYLE);
        List<NDArray> ofV = vgg16.features(v, STYLE);
        return IntStream.range(0, STYLE.length)
                .mapToObj(layer -> GramDistance.of(ofU.get(layer), ofV.get(layer)))
                .reduce(NDArray::add)
                .orElseThrow();
    }

    private static ProjectedDistributionLoss pdl(Projection projection, int p) {
        return new ProjectedDistributionLoss(projection, p, 1, 0.01, Reduction.MEAN);
    }

    private BinaryOperator<NDArray> tiled(ProjectedDistributionLoss loss) {
        return (u, v) -> {
            List<NDArray> tilesOfU = Patches.OF_PDL.covering(u);
            List<NDArray> tilesOfV = Patches.OF_PDL.covering(v);
            NDArray sum = IntStream.range(0, tilesOfU.size())
                    .mapToObj(tile -> conv4(loss::of).apply(tilesOfU.get(tile), tilesOfV.get(tile)))
                    .reduce(NDArray::add)
                    .orElseThrow();
            return sum.div(tilesOfU.size());
        };
    }

    private static BinaryOperator<NDArray> withPixels(BinaryOperator<NDArray> loss, double lambda) {
        return (u, v) -> u.sub(v).abs().mean().add(loss.apply(u, v).mul(lambda));
    }

    private BinaryOperator<NDArray> contextual(Dissimilarity dissimilarity, double bandwidth) {
        return conv4(new ContextualLoss(dissimilarity, bandwidth, Seeds.fixed(0))::of);
    }

    private BinaryOperator<NDArray> d2sm(Divergence divergence) {
        var statistics = new DeepSemanticStatistics(divergence, Average.ANCHORS);
        return (u, v) -> statistics.of(samples(u), samples(v));
    }

    private NDArray samples(NDArray picture) {
        return samples.computeIfAbsent(picture, seen -> {
            NDArray patches = NDArrays.concat(new NDList(Patches.OF_D2SM.covering(seen)));
            return vgg16.features(patches, "relu5_3").get(0);
        });
    }

    private BinaryOperator<NDArray> conv4(BinaryOperator<NDArray> loss) {
        return (u, v) -> loss.apply(conv4(u), conv4(v));
    }

    private NDArray conv4(NDArray picture) {
        return conv4.computeIfAbsent(picture, seen -> vgg16.features(seen, "relu4_3").get(0));
    }

    /** Directions by a formula, so that another program can have the same. */
    private interface Direction {
        double[] of(int row, int channels);
    }

    private static Projection formula(int multiple, Direction direction) {
        return channels -> Projection.onto(IntStream.range(0, multiple * channels)
                .mapToObj(row -> direction.of(row, channels))
                .toArray(double[][]::new));
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
