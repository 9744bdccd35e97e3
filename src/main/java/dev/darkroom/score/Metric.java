package dev.darkroom.score;

import dev.darkroom.loss.Comparison;
import dev.darkroom.loss.measure.Convention;
import dev.darkroom.loss.measure.Measure;
import dev.darkroom.loss.measure.MeasureInfo;
import dev.darkroom.loss.measure.NetworkMeasure;
import dev.darkroom.loss.measure.UnmeasurableException;
import dev.darkroom.loss.network.FeatureWeightsException;
import dev.darkroom.score.ScoreReport.Failure;
import dev.darkroom.score.ScoreReport.Result;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A measure as a request wants it.
 *
 * @param profiles    what the pictures' are good for
 * @param whereItFits whether it is left out, instead of reported as failed, where the pictures do not fit it
 */
public record Metric(Measure measure, Convention convention, Profiles profiles, boolean whereItFits) {

    /** Networks have learned from colour, so they see RGB whatever the convention's colour; their own convention says so. */
    public Metric {
        if (measure instanceof NetworkMeasure) {
            convention = new Convention(Convention.Color.RGB, convention.crop(), convention.quantize());
        }
    }

    String name() {
        return measure.info().name();
    }

    boolean runsANetwork() {
        return measure instanceof NetworkMeasure;
    }

    /** The value or why there is none; empty where the pictures do not fit and nobody insists. */
    Optional<Result> of(Comparison pair) {
        try {
            return Optional.of(result(pair.measure(measure, convention)));
        } catch (UnmeasurableException e) {
            return whereItFits ? Optional.empty() : Optional.of(Result.failed(Failure.of(e)));
        } catch (FeatureWeightsException e) {
            return Optional.of(Result.failed(Failure.of(e)));
        }
    }

    private Result result(double value) {
        if (Double.isNaN(value)) {
            return Result.failed(Failure.unmeasurable("is not defined for these pictures"));
        }
        MeasureInfo info = measure.info();
        return Result.of(value, unit(info), better(info), range(info), facts());
    }

    private Map<String, Object> facts() {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("color", convention.color().name().toLowerCase(Locale.ROOT));
        facts.put("crop", convention.crop());
        facts.put("profiles", profiles.toString());
        facts.put("quantize", convention.quantize() == Convention.Quantize.EIGHT_BIT ? "8bit" : "none");
        if (measure instanceof NetworkMeasure onNetwork) {
            facts.putAll(new TreeMap<>(onNetwork.provenance()));
        }
        return facts;
    }

    public static String unit(MeasureInfo info) {
        return info.unit().isEmpty() ? null : info.unit();
    }

    public static String better(MeasureInfo info) {
        return info.better().name().toLowerCase(Locale.ROOT);
    }

    /** Lowest and highest value, null where there is no bound: JSON has no infinity. */
    public static List<Number> range(MeasureInfo info) {
        return Arrays.asList(bound(info.lowest()), bound(info.highest()));
    }

    private static Number bound(double value) {
        if (Double.isInfinite(value)) {
            return null;
        }
        return value == Math.rint(value) ? (Number) (long) value : (Number) value;
    }
}
