package dev.darkroom.score.http;

import dev.darkroom.http.Query;
import dev.darkroom.loss.network.FeatureNetworks;
import dev.darkroom.score.ScoreRequest;
import java.util.Map;
import java.util.TreeMap;

/** The query parameters of a scoring: what cannot be read is a 400 that names the parameter. */
final class ScoreParameters {
    private final Query query;

    ScoreParameters(Query query) {
        this.query = query;
    }

    ScoreRequest request(FeatureNetworks networks) {
        var convention = ScoreRequest.convention(query.get("color").orElse("rgb"), query.get("crop").orElse("0"), query.get("quantize").orElse("8bit"));
        return ScoreRequest.of(query.get("metrics").orElse(ScoreRequest.STANDARD), options(), convention, networks);
    }

    /** Every parameter with a dot in its name is an option of a metric. */
    private Map<String, String> options() {
        var options = new TreeMap<>(query.values());
        options.keySet().removeIf(name -> !name.contains("."));
        return options;
    }
}
