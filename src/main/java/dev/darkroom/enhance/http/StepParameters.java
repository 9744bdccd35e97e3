package dev.darkroom.enhance.http;

import dev.darkroom.enhance.EnhanceParameterException;
import dev.darkroom.enhance.StepRequest;
import dev.darkroom.http.Choice;
import dev.darkroom.http.Query;
import dev.darkroom.image.BayerPattern;
import dev.darkroom.image.develop.DevelopSettings;
import dev.darkroom.image.develop.DevelopText;
import dev.darkroom.model.InvalidModelRequestException;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Task;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** The parameters of one task, of a request or of a step in it. */
final class StepParameters {
    private static final Set<String> NAMES = Set.of("model", "sigma", "scale", "pattern", "strength", "wb", "profile", "exposure", "tone");

    private StepParameters() {}

    /** @throws EnhanceParameterException naming the first parameter that cannot be understood */
    static StepRequest of(Task task, Query query) {
        return new StepRequest(task,
                ModelRequest.parse(query.get("model").orElse(null)),
                Numbers.decimal(query, "sigma").map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                Numbers.decimal(query, "scale").map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                query.get("pattern").map(StepParameters::pattern),
                Numbers.decimal(query, "strength").orElse(1.0), development(query));
    }

    /** @throws EnhanceParameterException naming the step, and its parameter that cannot be understood */
    static StepRequest of(Choice step) {
        Task task = Task.find(step.name()).orElseThrow(() -> new EnhanceParameterException("steps names %s, but the tasks are %s".formatted(
                step.name(), Arrays.stream(Task.values()).map(Task::toString).collect(Collectors.joining(", ")))));
        Optional<String> unknown = step.settings().keySet().stream().filter(name -> !NAMES.contains(name)).findFirst();
        if (unknown.isPresent()) {
            throw new EnhanceParameterException("steps has %s:%s, but a step takes model, sigma, scale, pattern, strength, wb, profile, exposure and tone, those of them that its task has"
                    .formatted(task, unknown.get()));
        }
        try {
            return of(task, step.query());
        } catch (EnhanceParameterException | InvalidModelRequestException e) {
            throw new EnhanceParameterException("steps: %s: %s".formatted(task, e.getMessage()));
        }
    }

    private static Optional<DevelopSettings> development(Query query) {
        try {
            return new DevelopText(query.get("wb").orElse(null), query.get("profile").orElse(null), query.get("exposure").orElse(null),
                    query.get("tone").orElse(null)).settings();
        } catch (IllegalArgumentException e) {
            throw new EnhanceParameterException(e.getMessage());
        }
    }

    private static BayerPattern pattern(String name) {
        return BayerPattern.named(name).orElseThrow(() -> new EnhanceParameterException("pattern must be rggb, bggr, grbg or gbrg"));
    }
}
