package dev.darkroom.score.http;

import dev.darkroom.loss.FeatureNetworks;
import dev.darkroom.score.ScoreRequest;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The query parameters of a scoring: what cannot be read is a 400 that names the parameter. */
public class ScoreParameters {
    @QueryParam("metrics")
    String metrics;

    @QueryParam("color")
    String color;

    @QueryParam("crop")
    String crop;

    @QueryParam("quantize")
    String quantize;

    @Context
    UriInfo uri;

    ScoreRequest request(FeatureNetworks networks) {
        var convention = ScoreRequest.convention(given(color).orElse("rgb"), given(crop).orElse("0"), given(quantize).orElse("8bit"));
        return ScoreRequest.of(given(metrics).orElse(ScoreRequest.STANDARD), options(), convention, networks);
    }

    /** Every parameter with a dot in its name is an option of a metric. */
    private Map<String, String> options() {
        var options = new TreeMap<String, String>();
        uri.getQueryParameters().forEach((name, values) -> {
            if (name.contains(".")) {
                options.put(name, values.get(0));
            }
        });
        return options;
    }

    private static Optional<String> given(String text) {
        return Optional.ofNullable(text).filter(value -> !value.isBlank());
    }
}
