package dev.darkroom.score.http;

import static dev.darkroom.score.Flat.filled;
import static dev.darkroom.score.Flat.flat;
import static dev.darkroom.score.Flat.flatGray;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.enhance.Scenes;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.Raster;
import dev.darkroom.image.file.CameraFiles;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.Metadata;
import dev.darkroom.model.Sha256;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.path.json.config.JsonPathConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures through the scoring endpoint, with the metrics that need no weights. */
@QuarkusTest
@TestProfile(NoWeights.class)
class ScoreResourceTest {
    private static final byte[] CLEAN = Scenes.file(Scenes.clean(96, 64, 3), ImageFormat.PNG);
    private static final JsonPathConfig DOUBLES = new JsonPathConfig(JsonPathConfig.NumberReturnType.DOUBLE);

    @Test
    void answersAsTheContractSays() {
        String answer = ok(form(flat(100, 40, 32), flat(110, 40, 32)).queryParam("metrics", "psnr,lpips").post("/v1/score")).asString();
        assertThat(answer.replaceFirst("28[.]1308036\\d*", "28.1308036")).isEqualTo(("{'reference':{'name':'clean.png','width':40,'height':32,'sha256':'" + Sha256.of(flat(100, 40, 32)) + "'},"
                + "'candidates':[{'name':'a.png','metrics':{"
                + "'psnr':{'value':28.1308036,'unit':'dB','better':'higher','range':[0,null],"
                + "'convention':{'color':'rgb','crop':0,'profiles':'applied','quantize':'8bit'}},"
                + "'lpips':{'value':null,'error':{'type':'urn:darkroom:problem:weights-missing','title':'needs the weights \"alexnet\", which are not installed; "
                + "./darkroom features install alexnet fetches them'}}}}]}").replace('\'', '"').replace("\"alexnet\"", "'alexnet'"));
    }

    @Test
    void measuresEveryCandidateUnderItsName() {
        JsonPath report = ok(form(flat(100, 12, 12), flat(110, 12, 12)).multiPart("candidate", "folder/b.png", flat(120, 12, 12), "image/png")
                .queryParam("metrics", "l1,mse").post("/v1/score")).jsonPath(DOUBLES);

        assertThat(report.getList("candidates.name", String.class)).containsExactly("a.png", "b.png");
        assertThat(report.getDouble("candidates[0].metrics.l1.value")).isCloseTo(10 / 255.0, within(1e-12));
        assertThat(report.getDouble("candidates[1].metrics.l1.value")).isCloseTo(20 / 255.0, within(1e-12));
        assertThat(report.getDouble("candidates[1].metrics.mse.value")).isCloseTo(400 / 65025.0, within(1e-12));
    }

    @Test
    void callsThePsnrOfEqualPicturesInfinity() {
        JsonPath report = metrics(form(CLEAN, CLEAN).queryParam("metrics", "psnr,ssim,mse,l1,charbonnier"));

        assertInfinite(report);
        assertThat(report.getDouble("ssim.value")).isCloseTo(1, within(1e-12));
        assertThat(report.getDouble("mse.value")).isZero();
        assertThat(report.getDouble("l1.value")).isZero();
        assertThat(report.getDouble("charbonnier.value")).isCloseTo(1e-3, within(1e-12));
    }

    @Test
    void saysInPlaceWhatAMetricWouldNeedAndComputesTheOthers() {
        JsonPath report = metrics(form(CLEAN, Scenes.smallPng()).queryParam("metrics", "psnr,ms-ssim,dists"));

        assertThat(report.getDouble("psnr.value")).isBetween(15.0, 25.0);
        assertThat(report.getString("'ms-ssim'.error.type")).isEqualTo("urn:darkroom:problem:unmeasurable");
        assertThat(report.getString("'ms-ssim'.error.title")).startsWith("needs at least 161x161 pixels");
        assertThat(report.<Object>get("'ms-ssim'.value")).isNull();
        assertThat(report.getString("dists.error.title")).contains("./darkroom features install");
    }

    @Test
    void measuresWhatIsUsualUnlessToldOtherwise() {
        assertThat(metrics(form(CLEAN, CLEAN)).getMap("").keySet()).containsExactly("psnr", "ssim", "ms-ssim", "lpips", "pdl");
        assertThat(metrics(form(CLEAN, CLEAN).queryParam("metrics", "").queryParam("crop", "")).getMap("").keySet())
                .containsExactly("psnr", "ssim", "ms-ssim", "lpips", "pdl");
    }

    @Test
    void leavesOutOfAllWhatDoesNotFitThePictures() {
        assertThat(metrics(form(CLEAN, CLEAN).queryParam("metrics", "all")).getMap("").keySet())
                .contains("mse", "l1", "charbonnier", "psnr", "ssim", "lpips", "dists", "mdf-jpeg").doesNotContain("ms-ssim");
        assertThat(metrics(form(CLEAN, CLEAN).queryParam("metrics", "ms-ssim, all")).getMap("").keySet()).startsWith("ms-ssim", "mse");
    }

    @ParameterizedTest
    @EnumSource(value = ImageFormat.class, names = {"PNG", "JPEG", "WEBP", "TIFF"})
    void readsEveryFormat(ImageFormat format) {
        byte[] file = Scenes.file(Scenes.clean(96, 64, 3), format);
        assertThat(metrics(form(CLEAN, file).queryParam("metrics", "ssim")).getDouble("ssim.value")).isGreaterThan(0.9);
    }

    @Test
    void takesGrayForRgbWithEqualChannels() {
        byte[] gray = Scenes.file(Scenes.clean(96, 64, 1), ImageFormat.PNG);
        JsonPath both = metrics(form(gray, Scenes.file(Scenes.noisy(96, 64, 1, 25), ImageFormat.PNG)).queryParam("metrics", "psnr"));
        assertThat(both.getDouble("psnr.value")).isCloseTo(20, within(1.0));
        assertInfinite(metrics(form(flat(100, 12, 12), flatGray(100)).queryParam("metrics", "psnr")));
    }

    @Test
    void divides16BitSamplesBy65535() {
        byte[] dark = file(16, 1000);
        byte[] lessDark = file(16, 1100);
        double unquantized = metrics(form(dark, lessDark).queryParam("metrics", "l1").queryParam("quantize", "none")).getDouble("l1.value");
        double quantized = metrics(form(dark, lessDark).queryParam("metrics", "l1")).getDouble("l1.value");

        assertThat(unquantized).isCloseTo(100 / 65535.0, within(1e-12));
        assertThat(quantized).isZero();
        assertThat(metrics(form(file(8, 80), file(16, 80 * 257)).queryParam("metrics", "l1").queryParam("quantize", "none"))
                .getDouble("l1.value")).isLessThan(1e-12);
    }

    @Test
    void comparesPicturesUpright() {
        var photo = new Photo(Pictures.smooth(96, 64, 3, 8, 3), Optional.empty(), Metadata.NONE);
        byte[] turned = CameraFiles.oriented(photo, ImageFormat.PNG, 6);
        byte[] upright;
        try (Photo decoded = Pictures.decode(turned)) {
            upright = Pictures.encode(new Photo(decoded.pixels(), Optional.empty(), Metadata.NONE), ImageFormat.PNG);
        }
        JsonPath report = ok(form(turned, upright).queryParam("metrics", "mse").post("/v1/score")).jsonPath();

        assertThat(report.getInt("reference.width")).isEqualTo(64);
        assertThat(report.getInt("reference.height")).isEqualTo(96);
        assertThat(report.getDouble("candidates[0].metrics.mse.value")).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16})
    void overlooksAnAlphaChannelThatIsOpaque(int bits) {
        Raster opaque = Pictures.raster(16, 16, 1, bits, filled(16 * 16 * bits / 8, (byte) 0xff));
        byte[] file = Pictures.encode(new Photo(Pictures.smooth(16, 16, 3, bits, 3), Optional.of(opaque), Metadata.NONE), ImageFormat.PNG);
        byte[] plain = Scenes.file(Pictures.smooth(16, 16, 3, bits, 3), ImageFormat.PNG);

        assertThat(metrics(form(plain, file).queryParam("metrics", "mse")).getDouble("mse.value")).isZero();
    }

    @Test
    void leavesTheCropOut() {
        byte[] framed = Scenes.file(framed(20, 16), ImageFormat.PNG);
        assertThat(metrics(form(flat(100, 20, 16), framed).queryParam("metrics", "psnr").queryParam("crop", 1)).getDouble("psnr.value")).isPositive();
        JsonPath cropped = metrics(form(flat(100, 20, 16), framed).queryParam("metrics", "psnr").queryParam("crop", 2));
        assertInfinite(cropped);
        assertThat(cropped.getInt("psnr.convention.crop")).isEqualTo(2);
    }

    @Test
    void measuresLumaWhereAsked() {
        JsonPath luma = metrics(form(flat(100, 12, 12), flat(110, 12, 12)).queryParam("metrics", "psnr").queryParam("color", "y"));
        assertThat(luma.getDouble("psnr.value")).isCloseTo(28.1308 + 1.3219, within(1e-3));
        assertThat(luma.getString("psnr.convention.color")).isEqualTo("y");
    }

    @ParameterizedTest
    @CsvSource({"psnr, 0, null", "ssim, -1, 1", "ms-ssim, 0, 1", "mse, 0, 1"})
    void statesTheRange(String metric, String lowest, String highest) {
        byte[] large = Scenes.file(Scenes.clean(161, 161, 3), ImageFormat.PNG);
        JsonPath report = metrics(form(large, large).queryParam("metrics", metric));
        assertThat(report.getList("'" + metric + "'.range")).extracting(String::valueOf).containsExactly(lowest, highest);
    }

    @Test
    void answersTheSameTheSameWay() {
        List<String> answers = List.of(1, 2).stream()
                .map(time -> ok(form(CLEAN, Scenes.smallPng()).queryParam("metrics", "all").post("/v1/score")).asString()).toList();
        assertThat(answers.get(0)).isEqualTo(answers.get(1));
    }

    @Test
    void namesAFileThatHasNoName() {
        String part = "--b\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"\"\r\nContent-Type: image/png\r\n\r\n";
        byte[] body = concat(part.formatted("reference").getBytes(), CLEAN, "\r\n".getBytes(),
                part.formatted("candidate").getBytes(), CLEAN, "\r\n--b--\r\n".getBytes());
        JsonPath report = ok(given().header("Content-Type", "multipart/form-data; boundary=b").body(body).queryParam("metrics", "mse").post("/v1/score")).jsonPath();
        assertThat(report.getString("reference.name")).isEqualTo("reference");
        assertThat(report.getList("candidates.name", String.class)).containsExactly("candidate-1");
    }

    private static byte[] concat(byte[]... pieces) {
        byte[] all = new byte[0];
        for (byte[] piece : pieces) {
            all = Pictures.insert(all, all.length, piece);
        }
        return all;
    }

    static RequestSpecification form(byte[] reference, byte[] candidate) {
        return given().multiPart("reference", "clean.png", reference, "image/png").multiPart("candidate", "a.png", candidate, "image/png");
    }

    /** JSON has no infinity, and a client's number takes no text. */
    private static void assertInfinite(JsonPath metrics) {
        assertThat(metrics.<Object>get("psnr.value")).isNull();
        assertThat(metrics.getBoolean("psnr.infinite")).isTrue();
    }

    private static JsonPath metrics(RequestSpecification request) {
        return ok(request.post("/v1/score")).jsonPath(DOUBLES).setRootPath("candidates[0].metrics");
    }

    private static Response ok(Response response) {
        assertThat(response.statusCode()).describedAs(() -> response.asString()).isEqualTo(200);
        return response;
    }

    private static byte[] file(int bits, int value) {
        ByteBuffer samples = Pictures.buffer(16 * 16 * 3 * bits / 8);
        for (int i = 0; i < 16 * 16 * 3; i++) {
            if (bits == 8) {
                samples.put((byte) value);
            } else {
                samples.putShort((short) value);
            }
        }
        return Scenes.file(Pictures.raster(16, 16, 3, bits, samples.flip()), ImageFormat.PNG);
    }

    /** Shade 100 within a frame of black, two pixels wide. */
    private static Raster framed(int width, int height) {
        ByteBuffer samples = Pictures.buffer((long) width * height * 3);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean frame = x < 2 || y < 2 || x >= width - 2 || y >= height - 2;
                byte shade = (byte) (frame ? 0 : 100);
                samples.put(shade).put(shade).put(shade);
            }
        }
        return Pictures.raster(width, height, 3, 8, samples.flip());
    }
}
