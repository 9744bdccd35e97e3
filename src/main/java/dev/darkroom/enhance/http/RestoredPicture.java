package dev.darkroom.enhance.http;

import dev.darkroom.enhance.EnhanceResult;
import dev.darkroom.estimate.noise.Noise;
import dev.darkroom.http.FileName;
import dev.darkroom.http.body.Answer;
import dev.darkroom.image.develop.Development;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A restored picture as the answer to a request. */
final class RestoredPicture {
    private RestoredPicture() {}

    static Response answer(EnhanceResult result, String task, String sent, RoutingContext context) {
        var response = Response.ok(Answer.to(context, result.image().file(), result));
        headers(result, task, sent).forEach(response::header);
        return response.build();
    }

    /**
     * The answer's headers.
     *
     * @param task a task's name, or {@link EnhanceResource#STEPS}
     * @param sent the name of the file that was sent, as its sender has it
     */
    static Map<String, String> headers(EnhanceResult result, String task, String sent) {
        var headers = new LinkedHashMap<String, String>();
        headers.put(HttpHeaders.CONTENT_TYPE, result.image().format().mediaType());
        headers.put(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"%s-%s.%s\"".formatted(
                FileName.stem(sent), task, result.image().format().extensions().get(0)));
        headers.put(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        headers.put("X-Darkroom-Model", result.steps().stream().map(step -> step.checkpoint() + " sha256:" + step.sha256()).collect(Collectors.joining(", ")));
        headers.put("X-Darkroom-Device", result.steps().stream().map(EnhanceResult.Step::device).distinct().collect(Collectors.joining(", ")));
        result.steps().stream().flatMapToDouble(step -> step.tiledPsnrDb().stream()).min().ifPresent(decibels ->
                headers.put("X-Darkroom-Tiling", String.format(Locale.ROOT, "blended;psnr=%.1f", decibels)));
        headers.put("Server-Timing", result.timing().header());
        if (task.equals(EnhanceResource.STEPS)) {
            headers.put("X-Darkroom-Steps", result.steps().stream().map(RestoredPicture::item).collect(Collectors.joining(", ")));
        } else {
            told(result.steps().get(0)).forEach((name, value) -> headers.put("X-Darkroom-" + name, value));
        }
        result.steps().stream().flatMap(step -> step.development().stream()).findFirst()
                .ifPresent(development -> headers.put("X-Darkroom-Development", dictionary(development)));
        if (!result.image().changed().isEmpty()) {
            headers.put("X-Darkroom-Changed", String.join(", ", result.image().changed()));
        }
        return headers;
    }

    /** Of RFC 8941. */
    private static String dictionary(Development development) {
        double[] factors = development.factors();
        String pattern = development.pattern().map(stored -> "mosaic=" + stored.name().toLowerCase(Locale.ROOT)).orElse("mosaic=none");
        return String.format(Locale.ROOT, "%s, wb=(%.3f %.3f %.3f), kelvin=%.0f, exposure=%.2f, profile=%s, tone=%s", pattern, factors[0], factors[1], factors[2],
                development.kelvin(), development.exposure(), development.settings().profile(), development.settings().tone());
    }

    private static Map<String, String> told(EnhanceResult.Step step) {
        var told = new LinkedHashMap<String, String>();
        step.told().shake().ifPresent(seen -> told.put("Shake", seen.name().toLowerCase(Locale.ROOT)));
        step.told().noise().ifPresent(noise -> {
            told.put("Sigma", decimal(noise.sigma255()));
            told.put("Noise", "luma=%s, chroma=%s".formatted(decimal(noise.levels().luma()), decimal(noise.levels().chroma())));
        });
        step.told().jpegQuality().ifPresent(quality -> told.put("Jpeg", Integer.toString(quality)));
        step.kept().ifPresent(share -> told.put("Kept", hundredths(share)));
        return told;
    }

    /** Of a list of RFC 8941: the task and, as its parameters, what did it and what that was told. */
    private static String item(EnhanceResult.Step step) {
        String shake = step.told().shake().map(seen -> ";shake=" + seen.name().toLowerCase(Locale.ROOT)).orElse("");
        String noise = step.told().noise().map(RestoredPicture::parameters).orElse("");
        String jpeg = step.told().jpegQuality().isPresent() ? ";jpeg=" + step.told().jpegQuality().getAsInt() : "";
        String kept = step.kept().isPresent() ? ";kept=" + hundredths(step.kept().getAsDouble()) : "";
        return "%s;model=\"%s\"%s%s%s%s".formatted(step.task(), step.checkpoint(), shake, noise, jpeg, kept);
    }

    private static String parameters(Noise noise) {
        return ";sigma=%s;luma=%s;chroma=%s".formatted(decimal(noise.sigma255()), decimal(noise.levels().luma()), decimal(noise.levels().chroma()));
    }

    private static String hundredths(double share) {
        return String.format(Locale.ROOT, "%.2f", share);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
