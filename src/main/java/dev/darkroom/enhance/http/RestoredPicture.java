package dev.darkroom.enhance.http;

import dev.darkroom.enhance.EnhanceResult;
import dev.darkroom.model.Task;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A restored picture as the answer to a request. */
final class RestoredPicture {
    private static final int LONGEST_NAME = 64;

    private RestoredPicture() {}

    static Response answer(EnhanceResult result, Task task, String sent) {
        var response = Response.ok(result.image().bytes());
        headers(result, task, sent).forEach(response::header);
        return response.build();
    }

    /** @param sent the name of the file that was sent, as its sender has it */
    static Map<String, String> headers(EnhanceResult result, Task task, String sent) {
        var headers = new LinkedHashMap<String, String>();
        headers.put(HttpHeaders.CONTENT_TYPE, result.image().format().mediaType());
        headers.put(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"%s-%s.%s\"".formatted(
                stem(sent), task, result.image().format().extensions().get(0)));
        headers.put(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        headers.put("X-Darkroom-Model", result.checkpoint());
        headers.put("X-Darkroom-Device", result.device());
        headers.put("Server-Timing", result.timing().header());
        result.told().shaken().ifPresent(shaken -> headers.put("X-Darkroom-Shake", shaken ? "found" : "none"));
        result.told().noise().ifPresent(noise -> {
            headers.put("X-Darkroom-Sigma", String.format(Locale.ROOT, "%.1f", noise.sigma255()));
            headers.put("X-Darkroom-Noise", String.format(Locale.ROOT, "luma=%.1f, chroma=%.1f", noise.levels().luma(), noise.levels().chroma()));
        });
        if (!result.image().changed().isEmpty()) {
            headers.put("X-Darkroom-Changed", String.join(", ", result.image().changed()));
        }
        return headers;
    }

    /** Without folders and ending, and without what could break a header or a file system. */
    private static String stem(String sent) {
        String name = sent == null ? "" : sent.substring(1 + Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')));
        int ending = name.lastIndexOf('.');
        String stem = (ending > 0 ? name.substring(0, ending) : name).replaceAll("[^A-Za-z0-9._-]+", "_");
        return stem.isEmpty() ? "picture" : stem.substring(0, Math.min(stem.length(), LONGEST_NAME));
    }
}
