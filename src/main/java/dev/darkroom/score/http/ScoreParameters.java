package dev.darkroom.score.http;

import dev.darkroom.http.Choice;
import dev.darkroom.http.InvalidQueryException;
import dev.darkroom.http.Query;
import dev.darkroom.loss.network.FeatureNetworks;
import dev.darkroom.score.ScoreRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The query parameters of a scoring: what cannot be read is a 400 that names the parameter. */
public final class ScoreParameters {
    private static final List<String> NAMES = List.of("metrics", "color", "crop", "quantize", "profiles");

    private final Query query;

    public ScoreParameters(Query query) {
        this.query = query;
    }

    /** Those of a query that only a scoring has. */
    public static List<String> in(Query query) {
        return query.values().keySet().stream().filter(name -> NAMES.contains(name) || isOption(name)).toList();
    }

    public ScoreRequest request(FeatureNetworks networks) {
        var convention = ScoreRequest.convention(query.get("color").orElse("rgb"), query.get("crop").orElse("0"), query.get("quantize").orElse("8bit"));
        List<Choice> metrics = Choice.list("metrics", query.get("metrics").orElse(ScoreRequest.STANDARD));
        return ScoreRequest.of(metrics.stream().map(Choice::name).collect(Collectors.joining(",")), options(metrics), convention, networks)
                .withProfiles(query.get("profiles").orElse("applied"));
    }

    /** Every parameter with a dot in its name is an option of a metric; clients that are generated write it behind the metric: pdl:p=2. */
    private Map<String, String> options(List<Choice> metrics) {
        var options = new TreeMap<>(query.values());
        options.keySet().removeIf(name -> !isOption(name));
        metrics.forEach(metric -> metric.settings().forEach((setting, value) -> {
            if (options.put(metric.name() + "." + setting, value) != null) {
                throw new InvalidQueryException("%s.%s is given more than once".formatted(metric.name(), setting));
            }
        }));
        return options;
    }

    private static boolean isOption(String name) {
        return name.contains(".");
    }
}
