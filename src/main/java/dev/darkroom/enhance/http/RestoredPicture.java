package dev.darkroom.enhance.http;

import dev.darkroom.enhance.EnhanceResult;
import dev.darkroom.model.Task;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Locale;

/** A restored picture as the answer to a request. */
final class RestoredPicture {
    private static final int LONGEST_NAME = 64;

    private RestoredPicture() {}

    /** @param sent the name of the file that was sent, as its sender has it */
    static Response answer(EnhanceResult result, Task task, String sent) {
        var response = Response.ok(result.image().bytes(), result.image().format().mediaType())
                .header(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"%s-%s.%s\"".formatted(
                        stem(sent), task, result.image().format().extensions().get(0)))
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .header("X-Darkroom-Model", result.checkpoint())
                .header("X-Darkroom-Device", result.device())
                .header("Server-Timing", result.timing().header());
        if (!Double.isNaN(result.sigma255())) {
            response.header("X-Darkroom-Sigma", String.format(Locale.ROOT, "%.1f", result.sigma255()));
        }
        if (!result.image().changed().isEmpty()) {
            response.header("X-Darkroom-Changed", String.join(", ", result.image().changed()));
        }
        return response.build();
    }

    /** Without folders and ending, and without what could break a header or a file system. */
    private static String stem(String sent) {
        String name = sent == null ? "" : sent.substring(1 + Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')));
        int ending = name.lastIndexOf('.');
        String stem = (ending > 0 ? name.substring(0, ending) : name).replaceAll("[^A-Za-z0-9._-]+", "_");
        return stem.isEmpty() ? "picture" : stem.substring(0, Math.min(stem.length(), LONGEST_NAME));
    }
}
