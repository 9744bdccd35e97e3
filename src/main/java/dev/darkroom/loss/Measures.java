package dev.darkroom.loss;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every measure by its public name. */
public final class Measures {

    private static final Map<String, Measure> BY_NAME =
            byName(new MeanSquaredError(), new MeanAbsoluteError(), new Charbonnier(), new Psnr(), new Ssim(),
                    new MsSsim());

    private Measures() {}

    /** All measures, in the order of the catalogue. */
    public static List<Measure> all() {
        return List.copyOf(BY_NAME.values());
    }

    /**
     * The measure of this name.
     *
     * @throws UnknownMeasureException if there is none
     */
    public static Measure named(String name) {
        Measure measure = BY_NAME.get(name);
        if (measure == null) {
            throw new UnknownMeasureException(name, BY_NAME.keySet());
        }
        return measure;
    }

    /** All measures, those on feature networks last, whether or not the networks' weights are installed. */
    public static List<Measure> all(FeatureNetworks networks) {
        return Stream.concat(all().stream(), onFeatures(networks).stream()).toList();
    }

    /**
     * The measure of this name; one on a feature network may still lack the network's weights, and then says so whenever
     * it is used.
     *
     * @throws UnknownMeasureException if there is none
     */
    public static Measure named(String name, FeatureNetworks networks) {
        List<Measure> all = all(networks);
        return all.stream().filter(measure -> measure.info().name().equals(name)).findFirst().orElseThrow(() ->
                new UnknownMeasureException(name, all.stream().map(measure -> measure.info().name()).toList()));
    }

    private static List<NetworkMeasure> onFeatures(FeatureNetworks networks) {
        return List.of(
                Lpips.alex(networks), Lpips.squeeze(networks), Lpips.vgg(networks), new Dists(networks),
                Perceptual.l1(networks, Perceptual.CONV4), Perceptual.l2(networks, Perceptual.CONV2),
                Mdf.superResolution(networks), Mdf.jpeg(networks));
    }

    private static Map<String, Measure> byName(Measure... measures) {
        var byName = new LinkedHashMap<String, Measure>();
        for (Measure measure : measures) {
            byName.put(measure.info().name(), measure);
        }
        return byName;
    }
}
