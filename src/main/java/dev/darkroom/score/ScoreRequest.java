package dev.darkroom.score;

import dev.darkroom.loss.Measures;
import dev.darkroom.loss.measure.Convention;
import dev.darkroom.loss.network.FeatureNetworks;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a caller wants to know about pictures.
 *
 * @param metrics  in the order of the answer
 * @param crop     pixels left out along each border
 * @param profiles what the pictures' are good for
 */
public record ScoreRequest(List<Metric> metrics, int crop, Profiles profiles) {
    /** What is measured unless something else is asked for. */
    public static final String STANDARD = "psnr,ssim,ms-ssim,lpips,pdl";
    private static final String ALL = "all";

    /**
     * Looks everything up.
     *
     * @param names   metrics separated by commas; {@code all} adds every other one that fits the pictures
     * @param options values by METRIC.OPTION
     * @throws ScoreParameterException if nothing is asked for, or an option of a metric that is not
     * @throws dev.darkroom.loss.UnknownMeasureException if there is no such metric
     * @throws dev.darkroom.loss.measure.MeasureOptionException  if a metric has no such option, or not with this value
     */
    public static ScoreRequest of(String names, Map<String, String> options, Convention convention, FeatureNetworks networks) {
        Set<String> named = List.of(names.split(",")).stream().map(String::strip).filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        require(!named.isEmpty(), "metrics must name at least one metric");
        boolean all = named.remove(ALL);
        var wanted = new LinkedHashSet<>(named);
        if (all) {
            Measures.all(networks).forEach(measure -> wanted.add(measure.info().name()));
        }
        Map<String, Map<String, String>> byMetric = byMetric(options);
        byMetric.keySet().forEach(metric -> require(wanted.contains(metric), "the metric " + metric + " has options but is not asked for"));
        List<Metric> metrics = wanted.stream().map(name -> new Metric(
                Measures.named(name, byMetric.getOrDefault(name, Map.of()), networks), convention, Profiles.APPLIED, !named.contains(name))).toList();
        return new ScoreRequest(metrics, convention.crop(), Profiles.APPLIED);
    }

    /**
     * The same with pictures' profiles good for that.
     *
     * @param name {@code applied}, which is the default, or {@code ignored}
     * @throws ScoreParameterException if it is neither
     */
    public ScoreRequest withProfiles(String name) {
        Profiles wanted = Profiles.named(name).orElseThrow(() -> new ScoreParameterException("profiles must be applied or ignored"));
        return new ScoreRequest(metrics.stream().map(metric -> new Metric(metric.measure(), metric.convention(), wanted, metric.whereItFits())).toList(), crop, wanted);
    }

    private static Map<String, Map<String, String>> byMetric(Map<String, String> options) {
        var byMetric = new TreeMap<String, Map<String, String>>();
        options.forEach((option, value) -> {
            String[] parts = option.split("\\.", 2);
            require(parts.length == 2, "options are written METRIC.OPTION=value");
            byMetric.computeIfAbsent(parts[0], metric -> new TreeMap<>()).put(parts[1], value);
        });
        return byMetric;
    }

    /** @throws ScoreParameterException naming the first parameter that is not allowed */
    public static Convention convention(String color, String crop, String quantize) {
        Convention.Color channels = switch (color) {
            case "rgb" -> Convention.Color.RGB;
            case "y" -> Convention.Color.Y;
            default -> throw new ScoreParameterException("color must be rgb or y");
        };
        Convention.Quantize steps = switch (quantize) {
            case "8bit" -> Convention.Quantize.EIGHT_BIT;
            case "none" -> Convention.Quantize.NONE;
            default -> throw new ScoreParameterException("quantize must be 8bit or none");
        };
        require(crop.matches("\\d{1,9}"), "crop must be a whole number of pixels, 0 or more");
        return new Convention(channels, Integer.parseInt(crop), steps);
    }

    /** @throws ScoreParameterException if the crop leaves nothing of pictures of this size */
    void requirePixels(int width, int height) {
        require(2L * crop < Math.min(width, height), "a crop of %d pixels leaves nothing of %d x %d".formatted(crop, width, height));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new ScoreParameterException(message);
        }
    }
}
