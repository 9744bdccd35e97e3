package dev.darkroom.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * A failure as clients see it (RFC 9457).
 *
 * @param type      a stable name of the kind of failure, {@code urn:darkroom:problem:NAME}
 * @param title     the kind of failure in words
 * @param status    the HTTP status
 * @param detail    what was wrong with this request; never a path, a stack trace or a native message
 * @param requestId the id under which the service logged the request
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(String type, String title, int status, String detail, String requestId) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /** A problem on its way to a client, with headers of its own. */
    public record Answer(Problem problem, Map<String, String> headers) {}

    static Problem of(int status, String name, String title, String detail) {
        return new Problem("urn:darkroom:problem:" + name, title, status, detail, null);
    }

    public Problem forRequest(String id) {
        return new Problem(type, title, status, detail, id);
    }

    /** For answers that are written outside JAX-RS. */
    public String json() {
        var json = new JsonObject().put("type", type).put("title", title).put("status", status).put("detail", detail);
        return (requestId == null ? json : json.put("requestId", requestId)).encode();
    }
}
