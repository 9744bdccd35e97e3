package dev.darkroom.job.http;

import static dev.darkroom.http.ProblemAssert.assertProblem;
import static dev.darkroom.http.Service.upload;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.enhance.Scenes;
import dev.darkroom.http.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that are answered later. */
@QuarkusTest
@TestProfile(JobsService.class)
class JobsResourceTest {
    private final List<String> made = new ArrayList<>();

    @BeforeEach
    void ready() {
        Service.awaitLoaded();
    }

    @AfterEach
    void forget() {
        made.forEach(address -> given().delete(address));
    }

    @Test
    void restoresAPictureLater() {
        byte[] now = upload(Scenes.smallPng()).post("/v1/dejpeg?format=png").asByteArray();
        Response accepted = later(upload(Scenes.smallPng())).post("/v1/dejpeg?format=png");

        String address = accepted(accepted);
        JsonPath done = ended(address);
        assertThat(done.getString("state")).isEqualTo("done");
        assertThat(done.getString("task")).isEqualTo("dejpeg");
        assertThat(done.getString("result")).isEqualTo(address + "/result");
        Response result = given().get(done.getString("result"));
        assertThat(result.statusCode()).isEqualTo(200);
        assertThat(result.contentType()).isEqualTo("image/png");
        assertThat(result.header("X-Darkroom-Model")).startsWith("dejpeg/");
        assertThat(result.header("Server-Timing")).contains("infer");
        assertThat(result.header("Content-Disposition")).isEqualTo("inline; filename=\"picture-dejpeg.png\"");
        assertThat(result.asByteArray()).isEqualTo(now);
    }

    @Test
    void scoresLater() {
        Response accepted = later(given().multiPart("reference", "a.png", Scenes.smallPng()).multiPart("candidate", "b.png", Scenes.smallPng()))
                .post("/v1/score?metrics=psnr,ssim");

        String address = accepted(accepted);
        JsonPath done = ended(address);
        assertThat(done.getString("report.candidates[0].name")).isEqualTo("b.png");
        assertThat(done.getBoolean("report.candidates[0].metrics.psnr.infinite")).isTrue();
        assertThat(done.getString("report.reference.name")).isEqualTo("a.png");
        assertProblem(given().get(address + "/result"), 404, "not-found");
    }

    @Test
    void doesSeveralStepsLater() {
        byte[] now = upload(Scenes.smallPng()).post("/v1/restore?steps=dejpeg,dehaze").asByteArray();
        String address = accepted(later(upload(Scenes.smallPng())).post("/v1/restore?steps=dejpeg&steps=dehaze"));
        assertThat(ended(address).getString("task")).isEqualTo("restore");
        Response result = given().get(address + "/result");
        assertThat(result.asByteArray()).isEqualTo(now);
        assertThat(result.header("X-Darkroom-Steps")).startsWith("dejpeg;").contains(", dehaze;");
    }

    @Test
    void comparesLater() {
        byte[] picture = Scenes.smallPng();
        String report = accepted(later(given().multiPart("image", "a.png", picture).multiPart("reference", "b.png", picture))
                .post("/v1/compare/dejpeg?model=baseline,whole&metrics=psnr"));
        JsonPath done = ended(report);
        assertThat(done.getString("task")).isEqualTo("compare/dejpeg");
        assertThat(done.getString("result")).isNull();
        assertThat(done.getList("comparison.results.metrics.psnr.unit")).containsExactly("dB", "dB");
        assertProblem(given().get(report + "/result"), 404, "not-found");

        String archive = accepted(later(upload(picture)).header("Accept", "application/zip").post("/v1/compare/dejpeg"));
        assertThat(ended(archive).getString("result")).isEqualTo(archive + "/result");
        assertThat(given().get(archive + "/result").contentType()).isEqualTo("application/zip");
    }

    @Test
    void saysWhyAPictureCouldNotBeRestored() {
        byte[] damaged = Arrays.copyOf(Scenes.smallPng(), 200);
        String address = accepted(later(upload(damaged)).post("/v1/dejpeg"));
        JsonPath failed = ended(address);
        assertThat(failed.getString("state")).isEqualTo("failed");
        assertThat(failed.getString("problem.type")).isEqualTo("urn:darkroom:problem:damaged-image");
        Response result = given().get(address + "/result");
        assertThat(result.statusCode()).isEqualTo(422);
        assertThat(result.contentType()).startsWith("application/problem+json");
    }

    @Test
    void refusesAtOnceWhatCannotBeAskedFor() {
        assertProblem(later(upload(Scenes.smallPng())).post("/v1/dejpeg?quality=0"), 400, "invalid-parameter");
        assertProblem(later(upload(Scenes.smallPng())).header("Idempotency-Key", "k".repeat(256)).post("/v1/dejpeg"), 400, "invalid-parameter");
        assertProblem(later(upload(Scenes.smallPng())).header("Idempotency-Key", "k".repeat(256)).post("/v1/compare/dejpeg"), 400, "invalid-parameter");
    }

    @Test
    void waitsForTheResultFirstIfToldTo() {
        Response answer = upload(Scenes.smallPng()).header("Prefer", "respond-async, wait=30").post("/v1/dejpeg");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("image/png");
        assertThat(answer.header("X-Darkroom-Model")).startsWith("dejpeg/");
    }

    @Test
    void answersAsEverWithoutThePreference() {
        assertThat(upload(Scenes.smallPng()).header("Prefer", "return=minimal").post("/v1/dejpeg").statusCode()).isEqualTo(200);
    }

    @Test
    void findsTheJobOfARetry() {
        String first = accepted(later(upload(Scenes.smallPng())).header("Idempotency-Key", "once").post("/v1/dejpeg"));
        ended(first);
        Response again = later(upload(Scenes.smallPng())).header("Idempotency-Key", "once").post("/v1/dejpeg");
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.header("Location")).isEqualTo(first);
        assertThat(again.jsonPath().getString("state")).describedAs("not done again").isEqualTo("done");
        Response waiting = upload(Scenes.smallPng()).header("Prefer", "respond-async, wait=5").header("Idempotency-Key", "once").post("/v1/dejpeg");
        assertThat(waiting.statusCode()).isEqualTo(200);
        assertThat(waiting.header("Server-Timing")).isEqualTo(given().get(first + "/result").header("Server-Timing"));
        assertProblem(later(upload(Scenes.smallPng())).header("Idempotency-Key", "once").post("/v1/dejpeg?strength=0.5"), 422, "idempotency-key-reused");
    }

    @Test
    void keepsNoMoreJobsOfACallerThanItMay() {
        for (int i = 0; i < JobsService.MOST; i++) {
            accepted(later(upload(Scenes.smallPng())).post("/v1/dejpeg"));
        }
        Response refused = later(upload(Scenes.smallPng())).post("/v1/dejpeg");
        assertProblem(refused, 429, "too-many-jobs");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
    }

    @Test
    void forgetsAJobThatIsDeleted() {
        String address = accepted(later(upload(Scenes.smallPng())).post("/v1/dejpeg"));
        assertThat(given().delete(address).statusCode()).isEqualTo(204);
        assertProblem(given().get(address), 404, "not-found");
        assertProblem(given().get(address + "/result"), 404, "not-found");
        assertProblem(given().delete(address), 404, "not-found");
    }

    @Test
    void countsJobs() {
        ended(accepted(later(upload(Scenes.smallPng())).post("/v1/dejpeg")));
        String metrics = given().get("/q/metrics").asString();
        assertThat(metrics).containsPattern("darkroom_jobs\\{state=\"done\"} [1-9]").containsPattern("darkroom_jobs_ended_total\\{ending=\"done\"} [1-9]");
    }

    private static RequestSpecification later(RequestSpecification request) {
        return request.header("Prefer", "respond-async");
    }

    private String accepted(Response response) {
        assertThat(response.statusCode()).describedAs(response.asString()).isEqualTo(202);
        String address = response.header("Location");
        assertThat(response.jsonPath().getString("id")).isEqualTo(address.substring("/v1/jobs/".length()));
        assertThat(given().get(address).jsonPath().getString("state")).isIn("waiting", "running", "done", "failed");
        assertThat(response.header("Preference-Applied")).isEqualTo("respond-async");
        made.add(address);
        return address;
    }

    private static JsonPath ended(String address) {
        return await().until(() -> given().header("Prefer", "wait=10").get(address).jsonPath(), job -> job.getString("ended") != null);
    }
}
