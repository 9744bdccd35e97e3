package dev.darkroom.ops;

import static dev.darkroom.http.ProblemAssert.assertProblem;
import static dev.darkroom.http.Service.denoise;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.enhance.Scenes;
import dev.darkroom.http.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Health, metrics and the listing of the store, as an operator reads them. */
@QuarkusTest
class OperationsTest {
    @BeforeEach
    void ready() {
        Service.awaitLoaded();
    }

    @ParameterizedTest
    @CsvSource({"started, model store loaded", "ready, every task is served", "live, devices work"})
    void isUp(String probe, String check) {
        JsonPath health = given().get("/q/health/" + probe).jsonPath();
        assertThat(health.getString("status")).isEqualTo("UP");
        assertThat(health.getList("checks.name", String.class)).contains(check);
    }

    @Test
    void namesTheDeviceInItsLiveness() {
        assertThat(given().get("/q/health/live").jsonPath().getMap("checks.find { it.name == 'devices work' }.data", String.class, String.class))
                .isNotEmpty().allSatisfy((device, state) -> assertThat(device + " " + state).matches("(cpu|cuda:\\d+) working"));
    }

    @Test
    void showsHowFastACheckpointIsHere() {
        JsonPath model = given().get("/v1/models/denoise/baseline/1").jsonPath();

        assertThat(model.getString("calibration.device")).startsWith("cpu ");
        assertThat(model.getList("calibration.points.milliseconds", Float.class)).hasSizeGreaterThan(4).allMatch(time -> time > 0);
    }

    @Test
    void countsWhatItDoes() {
        double before = metric("darkroom_device_pixels_total");
        assertThat(denoise(Scenes.smallPng()).statusCode()).isEqualTo(200);
        assertThat(metric("darkroom_device_pixels_total")).isGreaterThanOrEqualTo(before + 96 * 64);
        assertThat(metric("darkroom_device_batch_seconds_count")).isPositive();
        assertThat(metric("darkroom_batch_size_tiles_count")).isPositive();
        assertThat(metric("darkroom_queue_requests")).isZero();
        assertThat(metric("darkroom_admitted_pixels")).isZero();
        assertThat(metric("darkroom_queued_seconds")).isZero();
    }

    @Test
    void listsTheStore() {
        JsonPath model = given().get("/v1/models").jsonPath().setRootPath("find { it.id == 'denoise/baseline@1' }");
        assertThat(model.getString("task")).isEqualTo("denoise");
        assertThat(model.getString("loss")).isEqualTo("baseline");
        assertThat(model.getInt("version")).isEqualTo(1);
        assertThat(model.getString("state")).isEqualTo("ready");
        assertThat(model.getString("manifest.sha256")).matches("[0-9a-f]{64}");
    }

    @Test
    void listsOneCheckpointAndOneVersion() {
        assertThat(given().get("/v1/models/denoise/baseline").jsonPath().getList("id", String.class)).contains("denoise/baseline@1");
        assertThat(given().get("/v1/models/denoise/baseline/1").jsonPath().getString("id")).isEqualTo("denoise/baseline@1");
    }

    @Test
    void listsTheVersionsOfATaskOrInAState() {
        assertThat(given().get("/v1/models/denoise").jsonPath().getList("task", String.class)).isNotEmpty().containsOnly("denoise");
        assertThat(given().get("/v1/models?task=dehaze&state=ready").jsonPath().getList("task", String.class)).isNotEmpty().containsOnly("dehaze");
        assertThat(given().get("/v1/models?state=failed").jsonPath().getList("id")).isEmpty();
        assertThat(assertProblem(given().get("/v1/models?state=broken"), 400, "invalid-parameter").getString("detail")).containsIgnoringCase("state").contains("draining");
        assertThat(assertProblem(given().get("/v1/models?task=sharpen"), 400, "invalid-parameter").getString("detail")).containsIgnoringCase("task").contains("dejpeg");
    }

    @Test
    void keepsSelfTestsOutOfTheListing() {
        Response listing = given().get("/v1/models");
        assertThat(listing.asByteArray()).hasSizeLessThan(400_000);
        assertThat(listing.asString()).doesNotContain("selfTest");
        JsonPath selfTest = given().get("/v1/models/denoise/baseline/1/self-test").jsonPath();
        assertThat(selfTest.getList("input.shape", Integer.class)).hasSize(4);
        assertThat(selfTest.getDouble("tolerance")).isPositive();
    }

    @Test
    void sendsTheListingAgainOnlyIfItHasChanged() {
        Response first = given().get("/v1/models");
        assertThat(first.headers().getValues("Cache-Control")).containsExactly("private, no-cache");
        Response again = given().header("If-None-Match", first.header("ETag")).get("/v1/models");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.asByteArray()).isEmpty();
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(given().header("If-None-Match", "W/\"other\"").get("/v1/models").statusCode()).isEqualTo(200);
    }

    @Test
    void compressesJsonForThoseWhoAcceptThat() {
        Response listing = given().header("Accept-Encoding", "gzip").get("/v1/models");
        assertThat(listing.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(listing.header("Vary")).contains("Accept-Encoding");
        assertThat(listing.jsonPath().getList("id")).isNotEmpty();
        assertThat(given().header("Accept-Encoding", "gzip").contentType("image/png").body(Scenes.smallPng()).post("/v1/denoise").header("Content-Encoding"))
                .describedAs("a picture is small as it is").isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sharpen", "sharpen/baseline", "denoise/baseline/99/self-test", "denoise/nosuch", "denoise/baseline/99", "denoise/baseline/one"})
    void listsNothingThatIsNotThere(String path) {
        assertProblem(given().get("/v1/models/" + path), 404, "not-found");
    }

    @Test
    void reloadsForNoOneWhoIsNotAnAdministrator() {
        assertProblem(given().post("/v1/models/reload"), 401, "not-authenticated");
    }

    private static double metric(String name) {
        return given().get("/q/metrics").asString().lines().filter(line -> line.matches(name + "(\\{.*})? .*"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }
}
