package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;

/** What every refusal has in common. */
public final class ProblemAssert {
    /** A path, a class name, a stack trace, a native library's words. */
    private static final String INTERNALS =
            "(?s).*(/\\w+/\\w|\\\\|\\.java|\\bat \\w+\\.|dev\\.darkroom|java\\.|ai\\.djl|org\\.|Exception|Error:|OpenCV|torch|null).*";

    private ProblemAssert() {}

    /** A complete problem of this kind, under the id that the header names, without a word about the service's inside. */
    public static JsonObject assertProblem(Response response, int status, String name) {
        JsonObject problem = assertProblem(response.statusCode(), response.contentType(), response.asString(), status, name);
        assertThat(problem.getString("requestId")).isNotBlank().isEqualTo(response.header("X-Request-Id"));
        return problem;
    }

    public static JsonObject assertProblem(int actualStatus, String contentType, String body, int status, String name) {
        assertThat(actualStatus).describedAs(body).isEqualTo(status);
        assertThat(contentType).startsWith("application/problem+json");
        var problem = new JsonObject(body);
        assertThat(problem.fieldNames()).containsExactlyInAnyOrder("type", "title", "status", "detail", "requestId");
        assertThat(problem.getString("type")).isEqualTo("urn:darkroom:problem:" + name);
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getString("title")).isNotBlank();
        assertThat(problem.getString("detail")).isNotBlank().doesNotMatch(INTERNALS);
        return problem;
    }
}
