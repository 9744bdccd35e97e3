package dev.darkroom.train.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.darkroom.loss.measure.Convention.Color;
import dev.darkroom.loss.measure.MeasureInfo;
import dev.darkroom.model.Manifest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One result: the mean quality of one restorer over a set, under one protocol and convention.
 *
 * @param set        the name of the set's folder
 * @param trials     how many pictures were averaged
 * @param protocol   how the inputs were made
 * @param sigma255   the noise's standard deviation on the 0..255 scale, or null where there is none
 * @param convention the channels compared and the border left out; 8 bits always
 * @param restorer   what restored them; {@value #INPUT} for what anyone has without it
 * @param values     means by the names of the measures, in the order they were asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EvaluationRow(String set, int trials, String protocol, Double sigma255, String convention, String restorer, Map<String, Double> values) {

    /** The results as a manifest has them. */
    Stream<Manifest.Evaluation> forManifest(List<MeasureInfo> measures) {
        String full = convention.equals(Color.RGB.toString()) ? protocol : protocol + ", " + convention;
        return measures.stream().map(measure -> new Manifest.Evaluation(set, full, sigma255, measure.name(),
                rounded(values.get(measure.name())), measure.better().name().toLowerCase(Locale.ROOT)));
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }

    /** The degraded picture itself, enlarged or interpolated where it must be. */
    static final String INPUT = "input";
}
