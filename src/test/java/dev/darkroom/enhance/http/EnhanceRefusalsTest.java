package dev.darkroom.enhance.http;

import static dev.darkroom.http.ProblemAssert.assertProblem;
import static dev.darkroom.http.Service.denoise;
import static dev.darkroom.http.Service.upload;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.enhance.Scenes;
import dev.darkroom.http.Service;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.file.ImageFormat;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way to be refused, and what the refusal says. */
@QuarkusTest
class EnhanceRefusalsTest {
    private static final int AFTER_IHDR = 33;

    @BeforeEach
    void ready() {
        Service.awaitLoaded();
    }

    @ParameterizedTest
    @CsvSource({
        "sigma, -1", "sigma, 100.5", "sigma, loud", "sigma, NaN", "sigma, 25d", "sigma, 0x1p3", "sigma, Infinity", "sigma, +25",
        "strength, -0.1", "strength, 1.1", "strength, NaN", "strength, half",
        "quality, 0", "quality, 101", "quality, 9.5",
        "scale, 3", "scale, 2.0", "scale, two", "scale, 2", "quality, +9", "pattern, xtrans", "pattern, rggb",
        "format, gif",
        "timeout, 0", "timeout, -5", "timeout, soon", "timeout, 99999999999999999999"})
    void refusesAParameterAndNamesIt(String name, String value) {
        var problem = assertProblem(upload(Scenes.smallPng()).queryParam(name, value).post("/v1/denoise"), 400, "invalid-parameter");
        assertThat(problem.getString("detail")).containsIgnoringCase(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@1", "baseline@", "baseline@0", "baseline@one", "baseline@1@2", "../baseline", "base line"})
    void refusesAModelThatIsNotWrittenAsOne(String model) {
        assertProblem(upload(Scenes.smallPng()).queryParam("model", model).post("/v1/denoise"), 400, "invalid-parameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nosuch", "baseline@99"})
    void knowsNoSuchModel(String model) {
        assertProblem(upload(Scenes.smallPng()).queryParam("model", model).post("/v1/denoise"), 404, "unknown-model");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/sharpen", "/v1/DENOISE", "/v1/denoise/more", "/nothing"})
    void knowsNoSuchAddress(String path) {
        assertProblem(upload(Scenes.smallPng()).post(path), 404, "not-found");
    }

    @Test
    void takesPicturesByPostOnly() {
        assertProblem(given().get("/v1/denoise"), 405, "method-not-allowed");
        assertProblem(upload(Scenes.smallPng()).put("/v1/denoise"), 405, "method-not-allowed");
    }

    @Test
    void cannotAnswerInAnythingButAPicture() {
        assertProblem(upload(Scenes.smallPng()).header("Accept", "text/html").post("/v1/denoise"), 406, "not-acceptable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "G", "P6 3 2 255", "<svg xmlns='http://www.w3.org/2000/svg'/>", "BM a bitmap", "%PDF-1.7"})
    void readsNoSuchFormat(String body) {
        assertProblem(denoise(body.getBytes(StandardCharsets.ISO_8859_1)), 415, "unsupported-image");
    }

    @Test
    void readsNoAnimation() {
        byte[] control = Pictures.pngChunk("acTL", ByteBuffer.allocate(8).putInt(3).putInt(0).array());
        assertProblem(denoise(Pictures.insert(Scenes.smallPng(), AFTER_IHDR, control)), 415, "unsupported-image");
    }

    @ParameterizedTest
    @EnumSource(value = ImageFormat.class, names = {"PNG", "JPEG", "WEBP", "TIFF"})
    void noticesAFileThatIsCutShort(ImageFormat format) {
        byte[] file = Scenes.file(Scenes.noisy(96, 64, 3, 25), format);
        assertProblem(denoise(Arrays.copyOf(file, file.length / 2)), 422, "damaged-image");
    }

    @Test
    void noticesBrokenPixelsBehindAGoodHeader() {
        byte[] file = Scenes.smallPng();
        Arrays.fill(file, AFTER_IHDR + 8, file.length - 12, (byte) 0x5a);
        assertProblem(denoise(file), 422, "damaged-image");
    }

    @ParameterizedTest
    @CsvSource({"60000, 60000", "29000, 29000", "31000, 1"})
    void refusesTooManyPixelsByTheHeaderAlone(int width, int height) {
        assertProblem(denoise(Scenes.headerOnly(width, height)), 422, "image-too-large");
    }

    @Test
    void refusesAtOnceWhatCannotBeDoneByTheCallersDeadline() {
        byte[] file = Scenes.file(Pictures.smooth(4000, 3000, 3, 8, 4), ImageFormat.JPEG);
        assertProblem(upload(file).queryParam("timeout", 100).post("/v1/denoise"), 504, "deadline-unreachable");
    }

    /** Nobody gets to look at an upload within a millisecond of its last byte, from which patience counts. */
    @Test
    void refusesWhatHasBeenWaitingForTooLong() {
        byte[] file = Scenes.file(Pictures.smooth(1500, 1000, 3, 8, 4), ImageFormat.JPEG);
        assertThat(upload(file).queryParam("timeout", 1).post("/v1/denoise").statusCode()).isEqualTo(504);
    }

    @Test
    void wantsTheFormsPartNamedImage() {
        var problem = assertProblem(given().multiPart("photo", "a.png", Scenes.smallPng(), "image/png").post("/v1/denoise"),
                400, "invalid-parameter");
        assertThat(problem.getString("detail")).contains("image");
    }

    @Test
    void refusesAPartThatIsNoPicture() {
        String text = "--b\r\nContent-Disposition: form-data; name=\"image\"\r\n\r\nnot a file\r\n--b--\r\n";
        assertProblem(given().header("Content-Type", "multipart/form-data; boundary=b").body(text.getBytes(StandardCharsets.US_ASCII))
                .post("/v1/denoise"), 415, "unsupported-image");
        assertProblem(given().multiPart("image", "a.png", new byte[0], "image/png").post("/v1/denoise"), 415, "unsupported-image");
    }

    @Test
    void refusesAFormThatIsNoForm() {
        assertProblem(given().header("Content-Type", "multipart/form-data").body(Scenes.smallPng()).post("/v1/denoise"),
                400, "malformed-form");
    }

    @Test
    void saysWhoseRequestItWas() {
        assertThat(given().header("X-Request-Id", "my.id_42-a").get("/v1/denoise").header("X-Request-Id")).isEqualTo("my.id_42-a");
        assertThat(upload(Scenes.smallPng()).header("X-Request-Id", "same").post("/v1/denoise").header("X-Request-Id")).isEqualTo("same");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>", "a b", "0123456789012345678901234567890123456789012345678901234567890123456789"})
    void replacesARequestIdThatIsNotSane(String id) {
        var problem = assertProblem(given().header("X-Request-Id", id).get("/v1/denoise"), 405, "method-not-allowed");
        assertThat(problem.getString("requestId")).matches("[0-9a-f-]{36}");
    }
}
