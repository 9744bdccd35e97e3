package dev.darkroom.score.http;

import static dev.darkroom.http.ProblemAssert.assertProblem;
import static dev.darkroom.score.Flat.flat;
import static dev.darkroom.score.http.ScoreResourceTest.form;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.batching.Deadline;
import dev.darkroom.batching.Work;
import dev.darkroom.enhance.Pipeline;
import dev.darkroom.enhance.Scenes;
import dev.darkroom.http.Service;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.file.ImageFormat;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way in which a scoring can be refused, and that nothing is left behind. */
@QuarkusTest
@TestProfile(NoWeights.class)
class ScoreRefusalsTest {
    private static final byte[] CLEAN = Scenes.smallPng();

    @Inject
    Pipeline pipeline;

    @AfterEach
    void leavesNothingBehind() {
        await().atMost(Service.PATIENCE).until(() -> pipeline.admission().admittedPixels() == 0 && pipeline.admission().heldBytes() == 0);
    }

    @ParameterizedTest
    @CsvSource({"color, cmyk", "crop, -1", "crop, two", "crop, 99999999999", "quantize, 16bit", "profiles, srgb", "metrics, ','"})
    void refusesAParameterAndNamesIt(String name, String value) {
        var problem = assertProblem(form(CLEAN, CLEAN).queryParam(name, value).post("/v1/score"), 400, "invalid-parameter");
        assertThat(problem.getString("detail")).containsIgnoringCase(name);
    }

    @Test
    void refusesACropThatLeavesNothing() {
        var problem = assertProblem(form(CLEAN, CLEAN).queryParam("crop", 32).post("/v1/score"), 400, "invalid-parameter");
        assertThat(problem.getString("detail")).contains("crop of 32 pixels", "96 x 64");
    }

    @Test
    void knowsNoSuchMetricAndSaysWhichThereAre() {
        var problem = assertProblem(form(CLEAN, CLEAN).queryParam("metrics", "psnr,vibes").post("/v1/score"), 400, "unknown-metric");
        assertThat(problem.getString("detail")).contains("vibes", "ms-ssim");
    }

    @Test
    void refusesOptionsOfWhatIsNotMeasuredOrHasNone() {
        assertProblem(form(CLEAN, CLEAN).queryParam("metrics", "psnr").queryParam("lpips.net", "vgg").post("/v1/score"), 400, "invalid-parameter");
        assertProblem(form(CLEAN, CLEAN).queryParam("metrics", "psnr").queryParam("psnr.peak", "1").post("/v1/score"), 400, "invalid-parameter");
    }

    @Test
    void saysWhatAnOptionMayBe() {
        var problem = assertProblem(form(CLEAN, CLEAN).queryParam("metrics", "d2sm").queryParam("d2sm.divergence", "far").post("/v1/score"),
                400, "invalid-parameter");
        assertThat(problem.getString("detail")).isEqualTo("d2sm.divergence is one of kl, ikl, sym, jsd.");
    }

    @Test
    void wantsOneReferenceAndACandidate() {
        assertThat(refusal(given().multiPart("candidate", "a.png", CLEAN, "image/png"))).contains("reference");
        assertThat(refusal(given().multiPart("reference", "a.png", CLEAN, "image/png"))).contains("candidate");
        assertThat(refusal(form(CLEAN, CLEAN).multiPart("reference", "b.png", CLEAN, "image/png"))).contains("reference");
    }

    private static String refusal(RequestSpecification request) {
        return assertProblem(request.post("/v1/score"), 400, "invalid-parameter").getString("detail");
    }

    @Test
    void refusesPicturesOfDifferentSizes() {
        var problem = assertProblem(form(CLEAN, CLEAN).multiPart("candidate", "wide.png", flat(9, 97, 64), "image/png").post("/v1/score"),
                422, "different-sizes");
        assertThat(problem.getString("title")).isEqualTo("Different sizes");
        assertThat(problem.getString("detail")).contains("wide.png", "97 x 64", "96 x 64");
    }

    @Test
    void refusesATransparentPicture() {
        byte[] transparent = Pictures.encode(Pictures.photo(96, 64, 3, 8, true), ImageFormat.PNG);
        assertThat(assertProblem(form(CLEAN, transparent).post("/v1/score"), 422, "transparent-image").getString("detail")).contains("a.png");
        assertThat(assertProblem(form(transparent, CLEAN).post("/v1/score"), 422, "transparent-image").getString("detail")).contains("clean.png");
    }

    @Test
    void namesTheFileThatIsDamagedOrNoPicture() {
        byte[] cut = Arrays.copyOf(CLEAN, CLEAN.length / 2);
        assertThat(assertProblem(form(CLEAN, cut).post("/v1/score"), 422, "damaged-image").getString("detail")).contains("a.png");
        assertThat(assertProblem(form("text".getBytes(), CLEAN).post("/v1/score"), 415, "unsupported-image").getString("detail")).contains("clean.png");
    }

    @Test
    void refusesTooManyPixelsByTheHeaderAlone() {
        byte[] header = Scenes.headerOnly(1000, 501);
        assertProblem(form(header, CLEAN).post("/v1/score"), 422, "image-too-large");
        assertProblem(form(CLEAN, header).post("/v1/score"), 422, "image-too-large");
    }

    @Test
    void refusesForGoodWhatItCouldNeverHold() {
        byte[] file = Scenes.file(Pictures.smooth(700, 500, 3, 8, 1), ImageFormat.JPEG);
        var problem = assertProblem(form(file, file).multiPart("candidate", "b.jpg", file, "image/jpeg").post("/v1/score"), 422, "image-too-large");
        assertThat(problem.getString("detail")).contains("1.1 megapixels");
    }

    @Test
    void refusesWhenTheQueueHasNoRoomAndSaysWhenItShould() {
        var work = new Work(1_000_000, 1, Duration.ofSeconds(3));
        try (var whole = pipeline.admission().admit(work, Deadline.in(Duration.ofMinutes(1)))) {
            var refused = form(CLEAN, CLEAN).queryParam("metrics", "psnr").post("/v1/score");
            assertProblem(refused, 429, "queue-full");
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
        }
        assertThat(form(CLEAN, CLEAN).queryParam("metrics", "psnr").post("/v1/score").statusCode()).isEqualTo(200);
    }

    @Test
    void takesFormsByPostOnly() {
        assertProblem(given().get("/v1/score"), 405, "method-not-allowed");
        assertProblem(Service.upload(CLEAN).post("/v1/score"), 415, "unsupported-media-type");
        assertProblem(form(CLEAN, CLEAN).header("Accept", "image/png").post("/v1/score"), 406, "not-acceptable");
    }
}
