package dev.darkroom.loss;

import dev.darkroom.loss.correspondence.Correspondences;
import dev.darkroom.loss.distribution.Distributions;
import dev.darkroom.loss.feature.Dists;
import dev.darkroom.loss.feature.Lpips;
import dev.darkroom.loss.feature.Mdf;
import dev.darkroom.loss.feature.Perceptual;
import dev.darkroom.loss.feature.Style;
import dev.darkroom.loss.measure.Chosen;
import dev.darkroom.loss.measure.Measure;
import dev.darkroom.loss.measure.MeasureOption;
import dev.darkroom.loss.measure.MeasureOptionException;
import dev.darkroom.loss.network.FeatureNetworks;
import dev.darkroom.loss.pixel.Charbonnier;
import dev.darkroom.loss.pixel.Grid;
import dev.darkroom.loss.pixel.MeanAbsoluteError;
import dev.darkroom.loss.pixel.MeanSquaredError;
import dev.darkroom.loss.pixel.MsSsim;
import dev.darkroom.loss.pixel.Psnr;
import dev.darkroom.loss.pixel.Ssim;
import dev.darkroom.loss.semantic.SemanticStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** Every measure by its public name. */
public final class Measures {

    /** How a measure is made. */
    private record Kind(String name, boolean onFeatures, List<MeasureOption> options, BiFunction<Chosen, FeatureNetworks, Measure> make) {

        static Kind ofPixels(Measure measure) {
            return new Kind(measure.info().name(), false, List.of(), (chosen, networks) -> measure);
        }

        static Kind of(String name, Function<FeatureNetworks, Measure> make) {
            return new Kind(name, true, List.of(), (chosen, networks) -> make.apply(networks));
        }

        static Kind of(String name, List<MeasureOption> options, BiFunction<Chosen, FeatureNetworks, Measure> make) {
            return new Kind(name, true, options, make);
        }

        Measure make(Map<String, String> choices, FeatureNetworks networks) {
            return make.apply(new Chosen(name, options, choices), networks);
        }
    }

    private static final Map<String, Kind> KINDS = byName(
            Kind.ofPixels(new MeanSquaredError()),
            Kind.ofPixels(new MeanAbsoluteError()),
            Kind.ofPixels(new Charbonnier()),
            Kind.ofPixels(new Psnr()),
            Kind.ofPixels(new Ssim()),
            Kind.ofPixels(new MsSsim()),
            Kind.ofPixels(new Grid()),
            Kind.of("lpips", Lpips::alex),
            Kind.of("lpips-squeeze", Lpips::squeeze),
            Kind.of("lpips-vgg", Lpips::vgg),
            Kind.of("dists", Dists::new),
            Kind.of("perceptual-l1", networks -> Perceptual.l1(networks, Perceptual.CONV4)),
            Kind.of("perceptual-l2", networks -> Perceptual.l2(networks, Perceptual.CONV2)),
            Kind.of("gram", Style::gram),
            Kind.of("pdl", Distributions.OF_PDL, Distributions::pdl),
            Kind.of("pdl-loss", Distributions.OF_PDL_LOSS, Distributions::pdlLoss),
            Kind.of("swd", Distributions.OF_SWD, Distributions::sliced),
            Kind.of("contextual-dp", Correspondences.OF_CONTEXTUAL, Correspondences::contextualCosine),
            Kind.of("contextual-l2", Correspondences.OF_CONTEXTUAL, Correspondences::contextualSquared),
            Kind.of("cobi", Correspondences.OF_COBI, Correspondences::bilateral),
            Kind.of("d2sm", SemanticStatistics.OPTIONS, SemanticStatistics::measure),
            Kind.of("mdf-sr", Mdf::superResolution),
            Kind.of("mdf-jpeg", Mdf::jpeg),
            Kind.of("mdf-own", Mdf.OF_OWN, Mdf::own));

    private Measures() {}

    /** The measures that need no feature network, in the order of the catalogue. */
    public static List<Measure> all() {
        return ofPixels().map(kind -> kind.make(Map.of(), null)).toList();
    }

    /**
     * The measure of this name among those that need no feature network.
     *
     * @throws UnknownMeasureException if there is none
     */
    public static Measure named(String name) {
        return ofPixels().filter(kind -> kind.name.equals(name)).findFirst()
                .orElseThrow(() -> new UnknownMeasureException(name, ofPixels().map(Kind::name).toList()))
                .make(Map.of(), null);
    }

    private static Stream<Kind> ofPixels() {
        return KINDS.values().stream().filter(kind -> !kind.onFeatures);
    }

    /** All measures in the order of the catalogue, whether or not the networks' weights are installed. */
    public static List<Measure> all(FeatureNetworks networks) {
        return KINDS.values().stream().map(kind -> kind.make(Map.of(), networks)).toList();
    }

    /**
     * The measure of this name; one on a feature network may still lack the network's weights, and then says so whenever
     * it is used.
     *
     * @throws UnknownMeasureException if there is none
     */
    public static Measure named(String name, FeatureNetworks networks) {
        return named(name, Map.of(), networks);
    }

    /**
     * The measure of this name with these options, the others standard.
     *
     * @throws UnknownMeasureException if there is none
     * @throws MeasureOptionException if it has no such option, or not with such a value
     */
    public static Measure named(String name, Map<String, String> options, FeatureNetworks networks) {
        return kind(name).make(options, networks);
    }

    /**
     * What can be chosen about a measure.
     *
     * @throws UnknownMeasureException if there is none of this name
     */
    public static List<MeasureOption> options(String name) {
        return kind(name).options;
    }

    private static Kind kind(String name) {
        Kind kind = KINDS.get(name);
        if (kind == null) {
            throw new UnknownMeasureException(name, KINDS.keySet());
        }
        return kind;
    }

    private static Map<String, Kind> byName(Kind... kinds) {
        var byName = new LinkedHashMap<String, Kind>();
        for (Kind kind : kinds) {
            byName.put(kind.name, kind);
        }
        return byName;
    }
}
