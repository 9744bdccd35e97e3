package dev.darkroom.loss.distribution;

import ai.djl.ndarray.NDArray;
import dev.darkroom.loss.arithmetic.Arithmetic;
import dev.darkroom.loss.arithmetic.PatchGrid;
import dev.darkroom.loss.arithmetic.RunningSum;
import dev.darkroom.loss.arithmetic.Seeds;
import dev.darkroom.loss.measure.Chosen;
import dev.darkroom.loss.measure.MeasureInfo;
import dev.darkroom.loss.measure.MeasureOption;
import dev.darkroom.loss.measure.NetworkMeasure;
import dev.darkroom.loss.network.FeatureMap;
import dev.darkroom.loss.network.FeatureMeasure;
import dev.darkroom.loss.network.FeatureNetworks;
import dev.darkroom.loss.network.MapMeasure;
import dev.darkroom.loss.network.Provenance;
import java.util.List;
import java.util.Locale;
import java.util.function.BinaryOperator;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** The measures of which values features take, wherever in the picture they take them. */
public final class Distributions {

    private static final String PDL = "Delbracio, Talebi, Milanfar: Projected distribution loss for image enhancement, 2021, eq. 3 and algorithm 1";
    private static final String SLICED = "Bonneel, Rabin, Peyre, Pfister: Sliced and Radon Wasserstein barycenters of measures, 2015";
    private static final int SMALLEST_SIDE = 16;
    private static final int MOST_DIRECTIONS = 4096;

    public static final List<MeasureOption> OF_PDL = List.of(
            MeasureOption.choice("mode", "compares tiles of 256 x 256, as in training, or the whole picture", "tiles", "global"),
            MeasureOption.choice("projection", "the directions in feature space", "id", "r2p", "rpp", "rsp"),
            MeasureOption.number("multiple", "1", "random directions for each channel, 1 to 8"),
            MeasureOption.choice("p", "the order of the Wasserstein distance", "1", "2"),
            MeasureOption.choice("reduction", "of differences to a number: their mean or sum, or the sum of their p-norms", "mean", "sum", "norm"),
            MeasureOption.choice("layer", "of VGG16", "relu4_3", "relu3_3", "relu2_2", "relu5_3"),
            MeasureOption.number("seed", "0", "of random directions"));

    private static final List<MeasureOption> PIXELS = List.of(
            MeasureOption.number("lambda", "0.01", "the weight of the distances beside the pixels"),
            MeasureOption.choice("q", "the order of the norm of pixel differences", "1", "2"));

    public static final List<MeasureOption> OF_PDL_LOSS = Stream.concat(PIXELS.stream(), OF_PDL.stream()).toList();
    public static final List<MeasureOption> OF_SWD = List.of(
            MeasureOption.number("directions", "128", "random directions, 1 to 4096"),
            MeasureOption.choice("p", "the order of the distance, whose root is taken", "2", "1"),
            MeasureOption.choice("layer", "of VGG16", "relu4_3", "relu3_3", "relu5_3"),
            MeasureOption.number("seed", "0", "of random directions"));

    private Distributions() {}

    /** The distances alone, along the same directions each time. */
    public static NetworkMeasure pdl(Chosen chosen, FeatureNetworks networks) {
        return pdl(chosen, networks, seeds(chosen));
    }

    /** @param seeds of the directions of each comparison */
    public static NetworkMeasure pdl(Chosen chosen, FeatureNetworks networks, LongSupplier seeds) {
        return measure("pdl", chosen, networks, distance(chosen, networks, loss(chosen, 1, 1, seeds)));
    }

    /** The objective that trains: pixels and distances. */
    public static NetworkMeasure pdlLoss(Chosen chosen, FeatureNetworks networks) {
        return pdlLoss(chosen, networks, seeds(chosen));
    }

    /** @param seeds of the directions of each comparison */
    public static NetworkMeasure pdlLoss(Chosen chosen, FeatureNetworks networks, LongSupplier seeds) {
        var loss = loss(chosen, chosen.whole("q", 1, 2), chosen.positive("lambda", 1e6), seeds);
        BinaryOperator<NDArray> distance = distance(chosen, networks, loss);
        return measure("pdl-loss", chosen, networks,
                (u, v) -> loss.pixels(u, v).add(Arithmetic.times(distance.apply(u, v), loss.lambda())));
    }

    public static NetworkMeasure sliced(Chosen chosen, FeatureNetworks networks) {
        return sliced(chosen, networks, seeds(chosen));
    }

    /** @param seeds of the directions of each comparison */
    public static NetworkMeasure sliced(Chosen chosen, FeatureNetworks networks, LongSupplier seeds) {
        var distance = new SlicedWasserstein(chosen.whole("directions", 1, MOST_DIRECTIONS), chosen.whole("p", 1, 2), seeds);
        return new MapMeasure(MeasureInfo.distance("swd", SMALLEST_SIDE, SLICED), Provenance.vgg16(networks, chosen.all()),
                networks, chosen.text("layer"), distance::of);
    }

    private static ProjectedDistributionLoss loss(Chosen chosen, int q, double lambda, LongSupplier seeds) {
        int multiple = chosen.whole("multiple", 1, 8);
        Projection projection = switch (chosen.text("projection")) {
            case "r2p" -> new RandomProjection(RandomProjection.Kind.R2P, multiple, seeds);
            case "rpp" -> new RandomProjection(RandomProjection.Kind.RPP, multiple, seeds);
            case "rsp" -> new RandomProjection(RandomProjection.Kind.RSP, multiple, seeds);
            default -> Projection.IDENTITY;
        };
        Reduction reduction = Reduction.valueOf(chosen.text("reduction").toUpperCase(Locale.ROOT));
        return new ProjectedDistributionLoss(projection, chosen.whole("p", 1, 2), q, lambda, reduction);
    }

    private static LongSupplier seeds(Chosen chosen) {
        return Seeds.fixed(chosen.whole("seed", 0, Integer.MAX_VALUE));
    }

    private static BinaryOperator<NDArray> distance(Chosen chosen, FeatureNetworks networks, ProjectedDistributionLoss loss) {
        BinaryOperator<NDArray> whole = FeatureMap.comparing(networks, chosen.text("layer"), loss::of);
        return chosen.text("mode").equals("global") ? whole : (u, v) -> meanOverTiles(u, v, whole);
    }

    private static NDArray meanOverTiles(NDArray restored, NDArray reference, BinaryOperator<NDArray> distance) {
        List<NDArray> tilesOfU = PatchGrid.OF_PDL.covering(restored);
        List<NDArray> tilesOfV = PatchGrid.OF_PDL.covering(reference);
        var sum = new RunningSum();
        for (int tile = 0; tile < tilesOfU.size(); tile++) {
            sum.add(distance.apply(tilesOfU.get(tile), tilesOfV.get(tile)));
        }
        return Arithmetic.over(sum.get(), tilesOfU.size());
    }

    private static NetworkMeasure measure(String name, Chosen chosen, FeatureNetworks networks, BinaryOperator<NDArray> comparison) {
        return new FeatureMeasure(
                MeasureInfo.distance(name, SMALLEST_SIDE, PDL), Provenance.vgg16(networks, chosen.all()), comparison);
    }
}
