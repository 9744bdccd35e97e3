package dev.darkroom.compare.http;

import dev.darkroom.compare.CompareRequest;
import dev.darkroom.enhance.EnhanceRequest;
import dev.darkroom.enhance.http.EnhanceParameters;
import dev.darkroom.http.InvalidQueryException;
import dev.darkroom.http.Query;
import dev.darkroom.loss.network.FeatureNetworks;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Task;
import dev.darkroom.score.ScoreRequest;
import dev.darkroom.score.http.ScoreParameters;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The query parameters of a comparison: those of its task, with a list of models, and those of a scoring. */
final class CompareParameters {
    private static final String MODEL = "model";

    private final Query query;
    private final CompareForm form;

    CompareParameters(Query query, CompareForm form) {
        this.query = query;
        this.form = form;
    }

    /** @throws RuntimeException naming the first parameter that cannot be understood */
    CompareRequest request(Task task, boolean reference, FeatureNetworks networks) {
        Map<String, String> ofTask = new HashMap<>(query.values());
        ofTask.remove(MODEL);
        EnhanceRequest restoring = new EnhanceParameters(new Query(ofTask), null).request(task);
        return new CompareRequest(restoring, models(), scoring(reference, networks), form != CompareForm.JSON);
    }

    private List<ModelRequest> models() {
        return query.get(MODEL).stream().flatMap(list -> Arrays.stream(list.split(",", -1))).map(String::strip).map(ModelRequest::parse).toList();
    }

    private Optional<ScoreRequest> scoring(boolean reference, FeatureNetworks networks) {
        List<String> given = ScoreParameters.in(query);
        if (!reference && !given.isEmpty()) {
            throw new InvalidQueryException("%s is given, but there is no part named reference to measure against".formatted(given.get(0)));
        }
        return reference ? Optional.of(new ScoreParameters(query).request(networks)) : Optional.empty();
    }
}
