package dev.darkroom.http.access;

import static dev.darkroom.http.ProblemAssert.assertProblem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.http.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.BeforeEach;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a browser needs before a script of another origin may use a key here. */
@QuarkusTest
@TestProfile(GuardedService.class)
class OtherOriginsTest {
    @BeforeEach
    void ready() {
        Service.awaitLoaded();
    }

    @Test
    void asksNoKeyOfAPreflight() {
        Response preflight = from(GuardedService.GALLERY).header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "x-api-key,content-type").options("/v1/denoise");

        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo(GuardedService.GALLERY);
        assertThat(preflight.header("Access-Control-Allow-Methods")).contains("POST");
        assertThat(preflight.header("Access-Control-Allow-Headers")).containsIgnoringCase("x-api-key").containsIgnoringCase("content-type");
    }

    @Test
    void letsScriptsReadWhatAnAnswerSays() {
        Response answer = from(GuardedService.GALLERY).header("X-API-Key", GuardedService.ENHANCE).get("/v1/models");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(GuardedService.GALLERY);
        assertThat(answer.header("Access-Control-Expose-Headers")).contains("X-Darkroom-Model", "X-Darkroom-Device", "X-Darkroom-Sigma",
                "X-Darkroom-Changed", "Retry-After", "Server-Timing", "Content-Disposition", "X-Request-Id", "RateLimit", "ETag", "Location");
        assertThat(answer.header("Vary")).contains("Origin");
    }

    @Test
    void letsScriptsReadEveryHeaderOfADarkroomThatIsDescribed() throws IOException {
        String exposed = from(GuardedService.GALLERY).header("X-API-Key", GuardedService.ENHANCE).get("/v1/models").header("Access-Control-Expose-Headers");

        try (Stream<String> lines = Files.lines(Path.of("src/main/resources/META-INF/openapi.yaml"))) {
            assertThat(lines.map(String::strip).filter(line -> line.matches("X-Darkroom-[A-Za-z]+:"))).hasSizeGreaterThan(9)
                    .allSatisfy(line -> assertThat(exposed.split(", ?")).contains(line.replace(":", "")));
        }
    }

    @Test
    void letsScriptsReadWhyTheyAreRefused() {
        Response stranger = from(GuardedService.GALLERY).get("/v1/models");
        assertProblem(stranger, 401, "not-authenticated");
        Response unknown = from(GuardedService.GALLERY).header("X-API-Key", GuardedService.ENHANCE).get("/v1/nothing");
        assertProblem(unknown, 404, "not-found");
        Response noPicture = from(GuardedService.GALLERY).header("X-API-Key", GuardedService.ENHANCE).contentType("image/png").body(new byte[] {1}).post("/v1/denoise");
        assertProblem(noPicture, 415, "unsupported-image");

        assertThat(stranger.header("Access-Control-Allow-Origin")).isEqualTo(GuardedService.GALLERY);
        assertThat(unknown.header("Access-Control-Allow-Origin")).isEqualTo(GuardedService.GALLERY);
        assertThat(noPicture.header("Access-Control-Allow-Origin")).isEqualTo(GuardedService.GALLERY);
    }

    @Test
    void letsNoOtherOriginIn() {
        Response preflight = from("https://elsewhere.example").header("Access-Control-Request-Method", "POST").options("/v1/denoise");
        assertThat(preflight.header("Access-Control-Allow-Origin")).isNull();
    }

    private static RequestSpecification from(String origin) {
        return given().header("Origin", origin);
    }
}
