package dev.darkroom.ops;

import static dev.darkroom.http.ProblemAssert.assertProblem;
import static dev.darkroom.http.Service.denoise;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.batching.Deadline;
import dev.darkroom.batching.Work;
import dev.darkroom.enhance.Pipeline;
import dev.darkroom.enhance.Scenes;
import dev.darkroom.http.Service;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.file.ImageFormat;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The limits that an operator sets, and administration switched on. */
@QuarkusTest
@TestProfile(SmallLimits.class)
class LimitsTest {
    @Inject
    Pipeline pipeline;

    @TestHTTPResource("/v1/denoise")
    URI denoise;

    @BeforeEach
    void ready() {
        Service.awaitLoaded();
    }

    @Test
    void refusesAnAnnouncedLengthBeyondTheLimit() {
        assertProblem(denoise(new byte[SmallLimits.MAX_UPLOAD + 1]), 413, "upload-too-large");
        assertProblem(given().multiPart("image", "a.png", new byte[SmallLimits.MAX_UPLOAD + 1], "image/png").post("/v1/denoise"),
                413, "upload-too-large");
    }

    @Test
    void refusesABodyOfUnknownLengthThatGrowsBeyondTheLimit() throws Exception {
        var response = send(new byte[4 * SmallLimits.MAX_UPLOAD]);
        assertProblem(response.statusCode(), response.headers().firstValue("Content-Type").orElseThrow(), response.body(),
                413, "upload-too-large");
    }

    @Test
    void takesABodyOfUnknownLengthUpToTheLimit() throws Exception {
        var response = send(new byte[SmallLimits.MAX_UPLOAD]);
        assertProblem(response.statusCode(), response.headers().firstValue("Content-Type").orElseThrow(), response.body(),
                415, "unsupported-image");
    }

    @Test
    void aCheckpointThatFoundNoRoomRestsUntilItIsAskedFor() {
        assertThat(stateOf("denoise/baseline/1")).isEqualTo("resting");
        given().get("/v1/models/denoise");
        assertThat(stateOf("denoise/baseline/1")).as("listing is not asking for").isEqualTo("resting");

        var answer = given().contentType("image/png").body(Scenes.smallPng()).post("/v1/denoise?model=baseline@1");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.header("X-Darkroom-Model")).contains("baseline@1");
        assertThat(stateOf("denoise/baseline/1")).isEqualTo("ready");
        assertThat(given().get("/q/health/ready").statusCode()).isEqualTo(200);
    }

    private static String stateOf(String version) {
        return given().get("/v1/models/" + version).jsonPath().getString("state");
    }

    @Test
    void refusesTooManyPixels() {
        byte[] file = Scenes.file(Pictures.smooth(501, 400, 3, 8, 1), ImageFormat.JPEG);
        var problem = assertProblem(denoise(file), 422, "image-too-large");
        assertThat(problem.getString("detail")).contains("0.2");
    }

    @Test
    void refusesWhenTheQueueHasNoRoomAndSaysWhenItShould() {
        byte[] file = Scenes.smallPng();
        try (var whole = pipeline.admission().admit(new Work(200_000, 1, Duration.ofSeconds(3)), Deadline.in(Duration.ofMinutes(1)))) {
            var refused = denoise(file);
            assertProblem(refused, 429, "queue-full");
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
        }
        assertThat(denoise(file).statusCode()).isEqualTo(200);
    }

    @Test
    void staysReadyAndAliveWhileTheQueueIsFull() {
        try (var whole = pipeline.admission().admit(new Work(200_000, 1, Duration.ofSeconds(3)), Deadline.in(Duration.ofMinutes(1)))) {
            assertThat(denoise(Scenes.smallPng()).statusCode()).isEqualTo(429);
            assertThat(given().get("/q/health/ready").statusCode()).isEqualTo(200);
            assertThat(given().get("/q/health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void reloadsTheStoreWhereAdministrationIsOn() {
        var reloaded = given().post("/v1/models/reload");
        assertThat(reloaded.statusCode()).isEqualTo(200);
        assertThat(reloaded.jsonPath().getString("find { it.id == 'denoise/baseline@1' }.state")).isIn("ready", "resting");
        assertThat(denoise(Scenes.smallPng()).statusCode()).isEqualTo(200);
    }

    private java.net.http.HttpResponse<String> send(byte[] bodyOfUnknownLength) throws Exception {
        var request = HttpRequest.newBuilder(denoise)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bodyOfUnknownLength))).build();
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build().send(request, BodyHandlers.ofString());
    }
}
