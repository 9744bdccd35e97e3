package dev.darkroom.compare.http;

import static dev.darkroom.http.ProblemAssert.assertProblem;
import static dev.darkroom.http.Service.upload;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.enhance.Pipeline;
import dev.darkroom.enhance.Scenes;
import dev.darkroom.enhance.SmallStore;
import dev.darkroom.http.Service;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.Metadata;
import dev.darkroom.model.Sha256;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One picture by several checkpoints; what is sent is what each of them would have sent alone. */
@QuarkusTest
@TestProfile(SmallStore.class)
class CompareResourceTest {
    private static final byte[] PICTURE = Scenes.file(Pictures.smooth(120, 90, 3, 8, 3), ImageFormat.PNG);
    private static final byte[] GRAY_IN_COLOUR = Pictures.encode(
            new Photo(Pictures.smooth(60, 50, 1, 8, 3), Optional.of(Pictures.smooth(60, 50, 1, 8, 5)), Metadata.NONE), ImageFormat.TIFF);

    @Inject
    Pipeline pipeline;

    @BeforeEach
    void ready() {
        Service.awaitLoaded();
    }

    @ParameterizedTest
    @CsvSource({"dejpeg, ''", "dehaze, strength=0.4&format=jpeg&quality=50", "super-resolve, scale=4", "deblur, format=webp"})
    void sendsWhatEachCheckpointWouldHaveSentAlone(String task, String query) throws IOException {
        for (byte[] file : List.of(PICTURE, GRAY_IN_COLOUR)) {
            Map<String, byte[]> zipped = unzipped(ok(upload(file).accept("application/zip").post("/v1/compare/" + task + "?model=whole,baseline&" + query)));
            Map<String, byte[]> parts = parts(ok(upload(file).accept("multipart/mixed").post("/v1/compare/" + task + "?model=whole&model=baseline&" + query)));

            var report = new JsonPath(new String(zipped.remove("comparison.json"), StandardCharsets.UTF_8));
            assertThat(parts.remove("comparison.json")).isNotEmpty();
            assertThat(report.getString("results[0].model")).startsWith(task + "/whole@");
            assertThat(report.getString("results[1].model")).startsWith(task + "/baseline@");
            assertThat(List.copyOf(zipped.keySet())).isEqualTo(report.getList("results.picture.name")).isEqualTo(List.copyOf(parts.keySet()));
            for (int i = 0; i < 2; i++) {
                Response alone = ok(upload(file).post("/v1/" + task + "?model=" + (i == 0 ? "whole" : "baseline") + "&" + query));
                String name = report.getString("results[%d].picture.name".formatted(i));
                assertThat(Scenes.samples(zipped.get(name))).isEqualTo(Scenes.samples(alone.asByteArray()));
                assertThat(parts.get(name)).isEqualTo(zipped.get(name));
                assertThat(report.getString("results[%d].picture.sha256".formatted(i))).isEqualTo(Sha256.of(zipped.get(name)));
                assertThat(report.getString("results[%d].picture.type".formatted(i))).isEqualTo(alone.contentType());
                assertThat(alone.header("X-Darkroom-Model")).isEqualTo(
                        report.getString("results[%d].model".formatted(i)) + " sha256:" + report.getString("results[%d].sha256".formatted(i)));
            }
        }
    }

    @Test
    void timesEachCheckpointsOwnWork() {
        JsonPath report = ok(upload(PICTURE).post("/v1/compare/dejpeg?model=baseline,whole")).jsonPath();
        assertThat(report.getList("results.milliseconds.infer", Float.class)).hasSize(2).allSatisfy(infer -> assertThat(infer).isPositive());
        assertThat(report.getList("results.milliseconds.queue", Float.class)).hasSize(2).doesNotContainNull();
        assertThat(report.getDouble("milliseconds.decode")).isPositive();
        assertThat(report.getString("milliseconds.score")).isNull();
        assertThat(report.getInt("results[1].tiles")).isEqualTo(1);
        assertThat(report.getInt("results[0].picture.width")).isEqualTo(120);
    }

    @Test
    void runsEveryLossThatIsReadyUnlessToldWhich() {
        assertThat(ok(upload(PICTURE).post("/v1/compare/dejpeg")).jsonPath().getList("results.model"))
                .containsExactlyInAnyOrder("dejpeg/baseline@1", "dejpeg/whole@1");
        assertThat(ok(upload(PICTURE).post("/v1/compare/super-resolve?scale=2")).jsonPath().getList("results.model", String.class))
                .contains("super-resolve/baseline@2").doesNotContain("super-resolve/baseline@1").doesNotHaveDuplicates();
        assertProblem(upload(PICTURE).post("/v1/compare/denoise"), 404, "unknown-model");
    }

    @Test
    void measuresAsAScoringDoes() throws IOException {
        byte[] original = Scenes.file(Pictures.smooth(120, 90, 3, 8, 4), ImageFormat.PNG);
        Response compared = ok(given().multiPart("image", "C:\\photos\\a.png", PICTURE).multiPart("reference", "b.png", original).accept("application/zip")
                .post("/v1/compare/dejpeg?model=baseline,whole&metrics=psnr,ssim,lpips&crop=4"));
        Map<String, byte[]> files = unzipped(compared);
        var report = new JsonPath(new String(files.remove("comparison.json"), StandardCharsets.UTF_8));
        var form = given().multiPart("reference", "b.png", original);
        files.forEach((name, file) -> form.multiPart("candidate", name, file));
        JsonPath scores = ok(form.post("/v1/score?metrics=psnr,ssim,lpips&crop=4")).jsonPath();

        assertThat(report.<Object>get("results.metrics")).isEqualTo(scores.get("candidates.metrics"));
        assertThat(report.<Object>get("reference")).isEqualTo(scores.get("reference"));
        assertThat(report.getString("input.name")).isEqualTo("a.png");
        assertThat(report.getDouble("milliseconds.score")).isPositive();
        assertThat(compared.header("Content-Disposition")).isEqualTo("attachment; filename=\"a-compare-dejpeg.zip\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dejpeg?model=baseline,baseline@1      | 400 | invalid-parameter | Model names dejpeg/baseline@1 twice.
            dejpeg?model=baseline,                | 400 | invalid-parameter | A model is written
            dejpeg?model=baseline,nosuch          | 404 | unknown-model     | dejpeg/nosuch
            dejpeg?scale=2                        | 400 | invalid-parameter | Scale is no parameter of dejpeg
            dejpeg?metrics=psnr                   | 400 | invalid-parameter | Metrics is given, but there is no part named reference
            dejpeg?pdl.p=2                        | 400 | invalid-parameter | pdl.p is given, but there is no part named reference
            dejpeg?steps=dejpeg                   | 400 | invalid-parameter | Steps is no parameter of compare
            demosaic                              | 422 | unfit-image       | colour
            super-resolve?scale=4&model=baseline@2 | 404 | unknown-model    | scale
            sharpen                               | 404 | not-found         | nothing
            """)
    void refusesBeforeAnythingIsDone(String address, int status, String type, String detail) {
        assertThat(assertProblem(upload(PICTURE).post("/v1/compare/" + address), status, type).getString("detail")).containsIgnoringCase(detail);
        // The upload goes at the request's end, which may come after the answer.
        await().untilAsserted(() -> assertThat(pipeline.admission().heldBytes()).isZero());
    }

    @Test
    void refusesMoreModelsThanAnyTaskHas() {
        String models = IntStream.range(0, 17).mapToObj(i -> "m" + i).collect(Collectors.joining(","));
        assertProblem(upload(PICTURE).post("/v1/compare/dejpeg?model=" + models), 400, "invalid-parameter");
    }

    @Test
    void refusesAReferenceThatTheResultsCannotBeMeasuredAgainst() {
        assertProblem(against(PICTURE, "/v1/compare/super-resolve?scale=2"), 422, "different-sizes");
        assertProblem(against(new byte[] {1, 2, 3}, "/v1/compare/dejpeg"), 415, "unsupported-image");
        byte[] cut = java.util.Arrays.copyOf(PICTURE, PICTURE.length / 2);
        assertThat(assertProblem(against(cut, "/v1/compare/dejpeg"), 422, "damaged-image").getString("detail")).contains("b.png");
        assertProblem(given().multiPart("image", "a.tiff", GRAY_IN_COLOUR)
                .multiPart("reference", "b.png", Scenes.file(Pictures.smooth(60, 50, 1, 8, 3), ImageFormat.PNG)).post("/v1/compare/dejpeg"), 422, "transparent-image");
        await().until(() -> pipeline.admission().heldBytes() == 0 && pipeline.admission().admittedPixels() == 0);
    }

    @Test
    void wantsAPicture() {
        assertProblem(given().multiPart("reference", "b.png", PICTURE).post("/v1/compare/dejpeg"), 400, "invalid-parameter");
        assertProblem(upload(PICTURE).accept("image/png").post("/v1/compare/dejpeg"), 406, "not-acceptable");
    }

    private static Response against(byte[] reference, String address) {
        return given().multiPart("image", "a.png", PICTURE).multiPart("reference", "b.png", reference).post(address);
    }

    private static Map<String, byte[]> unzipped(Response answer) throws IOException {
        assertThat(answer.contentType()).isEqualTo("application/zip");
        var files = new LinkedHashMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(answer.asByteArray()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    /** As RFC 2046 has them, by the lengths that they say. */
    private static Map<String, byte[]> parts(Response answer) {
        String body = new String(answer.asByteArray(), StandardCharsets.ISO_8859_1);
        String boundary = "--" + answer.contentType().split("boundary=")[1];
        var parts = new LinkedHashMap<String, byte[]>();
        int at = 0;
        while (body.startsWith(boundary + "\r\n", at)) {
            int content = body.indexOf("\r\n\r\n", at) + 4;
            String head = body.substring(at, content);
            int length = Integer.parseInt(head.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
            parts.put(head.replaceAll("(?s).*filename=\"([^\"]+)\".*", "$1"), body.substring(content, content + length).getBytes(StandardCharsets.ISO_8859_1));
            at = content + length + 2;
        }
        assertThat(body.substring(at)).isEqualTo(boundary + "--\r\n");
        return parts;
    }

    private static Response ok(Response response) {
        assertThat(response.statusCode()).describedAs(() -> response.asString()).isEqualTo(200);
        return response;
    }
}
