package dev.darkroom.enhance.http;

import static dev.darkroom.http.Service.denoise;
import static dev.darkroom.http.Service.upload;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.enhance.Scenes;
import dev.darkroom.http.Service;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.Raster;
import dev.darkroom.image.file.CameraFiles;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.strange.RareFiles;
import dev.darkroom.image.file.Metadata;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures through the service and its real checkpoint. */
@QuarkusTest
class EnhanceResourceTest {
    private static final int WIDTH = 288;
    private static final int HEIGHT = 192;

    @BeforeEach
    void ready() {
        Service.awaitLoaded();
    }

    @ParameterizedTest
    @CsvSource({"sigma, 25, 3", "sigma, 25, 1", "strength, 1, 3"})
    void givesBackACleanerPicture(String parameter, String value, int channels) {
        int[] clean;
        try (Raster scene = Scenes.clean(WIDTH, HEIGHT, channels)) {
            clean = Pictures.samples(scene);
        }
        byte[] noisy = Scenes.file(Scenes.noisy(WIDTH, HEIGHT, channels, 25), ImageFormat.PNG);
        byte[] restored = ok(upload(noisy).queryParam(parameter, value).post("/v1/denoise")).asByteArray();
        assertThat(Scenes.psnr(restored, clean)).isGreaterThan(Scenes.psnr(noisy, clean) + 6);
    }

    @ParameterizedTest
    @EnumSource(value = ImageFormat.class, names = {"PNG", "JPEG", "WEBP", "TIFF"})
    void answersInTheFormatOfTheUpload(ImageFormat format) {
        byte[] file = Scenes.file(Scenes.noisy(96, 64, 3, 25), format);
        Response raw = ok(upload(file).post("/v1/denoise"));
        Response form = ok(given().multiPart("image", "photo.bin", file, "application/octet-stream").post("/v1/denoise"));
        assertThat(raw.contentType()).isEqualTo(format.mediaType());
        assertThat(form.contentType()).isEqualTo(format.mediaType());
        assertThat(Pictures.probe(raw.asByteArray()).format()).isEqualTo(format);
        assertThat(form.asByteArray()).isEqualTo(raw.asByteArray());
    }

    @Test
    void decidesTheFormatByTheBytes() {
        Response response = ok(given().contentType("image/tiff").body(Scenes.smallPng()).post("/v1/denoise"));
        assertThat(response.contentType()).isEqualTo("image/png");
    }

    @ParameterizedTest
    @CsvSource({"PNG, 1, 8", "PNG, 3, 16", "TIFF, 1, 16", "TIFF, 3, 8"})
    void givesTheInputBackWithStrengthZero(ImageFormat format, int channels, int bits) {
        byte[] file = Scenes.file(Pictures.smooth(97, 61, channels, bits, 5), format);
        byte[] answer = ok(upload(file).queryParam("strength", 0).post("/v1/denoise")).asByteArray();
        assertThat(Scenes.samples(answer)).isEqualTo(Scenes.samples(file));
    }

    @ParameterizedTest
    @CsvSource({"PNG, 1, 8", "PNG, 3, 16", "PNG, 1, 16", "TIFF, 3, 16", "JPEG, 1, 8"})
    void keepsGrayscaleAndBitDepth(ImageFormat format, int channels, int bits) {
        byte[] file = Scenes.file(Pictures.smooth(97, 61, channels, bits, 5), format);
        Response response = ok(denoise(file));
        var header = Pictures.probe(response.asByteArray());
        assertThat(header.channels()).isEqualTo(channels);
        assertThat(header.bitsPerSample()).isEqualTo(bits);
        assertThat(response.header("X-Darkroom-Changed")).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16})
    void keepsAlphaAndMetadata(int bits) {
        byte[] file = Pictures.encode(Pictures.photo(97, 61, 3, bits, true), ImageFormat.PNG);
        byte[] answer = ok(denoise(file)).asByteArray();
        try (Photo before = Pictures.decode(file); Photo after = Pictures.decode(answer)) {
            assertThat(Pictures.samples(after.alpha().orElseThrow())).isEqualTo(Pictures.samples(before.alpha().orElseThrow()));
            assertThat(after.metadata().icc()).hasValueSatisfying(icc -> assertThat(icc).isEqualTo(before.metadata().icc().orElseThrow()));
            assertThat(after.metadata().resolution()).isEqualTo(before.metadata().resolution());
        }
    }

    @Test
    void turnsThePictureUpright() {
        var photo = new Photo(Pictures.smooth(96, 64, 3, 8, 3), Optional.empty(), Metadata.NONE);
        byte[] file = CameraFiles.oriented(photo, ImageFormat.JPEG, 6);
        byte[] answer = ok(upload(file).queryParam("strength", 0).queryParam("format", "png").post("/v1/denoise")).asByteArray();
        assertThat(Pictures.probe(answer).width()).isEqualTo(64);
        assertThat(Pictures.probe(answer).height()).isEqualTo(96);
        assertThat(Scenes.samples(answer)).isEqualTo(Scenes.samples(file));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "-,    image/webp,                           image/webp",
        "-,    'image/jpeg;q=0.5, image/webp;q=0.9', image/webp",
        "-,    'text/html, image/*;q=0.8',           image/png",
        "-,    '*/*',                                image/png",
        "-,    'image/jpeg, image/png, application/problem+json', image/png",
        "-,    'image/jpeg, image/webp',             image/jpeg",
        "-,    application/problem+json,             image/png",
        "-,    application/json,                     image/png",
        "-,    '',                                   image/png",
        "-,    'image/png;q=0, image/*',             image/jpeg",
        "jpeg, '*/*',                                image/jpeg",
        "tiff, image/*,                              image/tiff",
        "JPEG, image/jpeg,                           image/jpeg"})
    void negotiatesTheFormat(String format, String accept, String expected) {
        var request = upload(Scenes.smallPng()).header("Accept", accept);
        Response response = ok((format == null ? request : request.queryParam("format", format)).post("/v1/denoise"));
        assertThat(response.contentType()).isEqualTo(expected);
        assertThat(Pictures.probe(response.asByteArray()).format().mediaType()).isEqualTo(expected);
    }

    @Test
    void spendsFewerBytesOnLowerQuality() {
        var sizes = IntStream.of(20, 60, 95)
                .map(quality -> ok(upload(Scenes.smallPng()).queryParam("format", "jpeg").queryParam("quality", quality).post("/v1/denoise"))
                        .asByteArray().length)
                .boxed().toList();
        assertThat(sizes).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"baseline, denoise/baseline@[0-9]+", "pdl@1, denoise/pdl@1"})
    void runsTheModelThatWasAskedFor(String model, String id) {
        Response response = ok(upload(Scenes.smallPng()).queryParam("model", model).post("/v1/denoise"));
        assertThat(response.header("X-Darkroom-Model")).matches(id + " sha256:[0-9a-f]{64}");
    }

    @Test
    void takesAnEmptyParameterAsNotGiven() {
        Response response = ok(upload(Scenes.smallPng()).queryParam("model", "").queryParam("format", "").queryParam("strength", "").post("/v1/denoise"));
        assertThat(response.contentType()).isEqualTo("image/png");
    }

    @Test
    void saysHowItWasDone() {
        Response response = ok(upload(Scenes.smallPng()).queryParam("sigma", "12.5").post("/v1/denoise"));
        assertThat(response.header("X-Darkroom-Device")).matches("(cpu|cuda:\\d+) (float32|bfloat16|float16)");
        assertThat(response.header("X-Darkroom-Sigma")).isEqualTo("12.5");
        assertThat(response.header("X-Darkroom-Noise")).isEqualTo("luma=8.4, chroma=8.0");
        assertThat(response.header("Server-Timing")).matches("admit;dur=\\d+\\.\\d, decode;dur=\\d+\\.\\d, estimate;dur=\\d+\\.\\d, "
                + "queue;dur=\\d+\\.\\d, infer;dur=\\d+\\.\\d, encode;dur=\\d+\\.\\d, tiles;desc=\"1\", batches;desc=\"1\"");
    }

    @Test
    void namesThePictureAfterTheFileThatWasSent() {
        assertThat(ok(given().multiPart("image", "my photo (1).jpg", Scenes.smallPng(), "image/jpeg").post("/v1/denoise"))
                .header("Content-Disposition")).isEqualTo("inline; filename=\"my_photo_1_-denoise.png\"");
        assertThat(ok(denoise(Scenes.smallPng())).header("Content-Disposition")).isEqualTo("inline; filename=\"picture-denoise.png\"");
        assertThat(ok(denoise(Scenes.smallPng())).header("Vary")).contains("Accept");
    }

    @Test
    void namesWhatTheFormatCouldNotHold() {
        byte[] file = Pictures.encode(Pictures.photo(97, 61, 3, 16, true), ImageFormat.PNG);
        Response response = ok(upload(file).queryParam("format", "jpeg").post("/v1/denoise"));
        assertThat(response.header("X-Darkroom-Changed")).isEqualTo("alpha, bit-depth, lossless");
    }

    @Test
    void answersTelephonesPicturesAsJpeg() {
        Response response = ok(upload(RareFiles.all().get(0)).queryParam("strength", 0).post("/v1/denoise"));
        assertThat(response.contentType()).isEqualTo("image/jpeg");
        assertThat(Pictures.probe(response.asByteArray()).width()).isEqualTo(64);
    }

    @Test
    void stitchesLargerPicturesWithoutSeams() {
        byte[] file = Scenes.file(Scenes.noisy(1100, 900, 3, 25), ImageFormat.PNG);
        Response response = ok(upload(file).queryParam("sigma", 25).post("/v1/denoise"));
        assertThat(response.header("Server-Timing")).doesNotContain("tiles;desc=\"1\"");
        int[] clean;
        try (Raster scene = Scenes.clean(1100, 900, 3)) {
            clean = Pictures.samples(scene);
        }
        assertThat(Scenes.psnr(response.asByteArray(), clean)).isGreaterThan(Scenes.psnr(file, clean) + 6);
    }

    private static Response ok(Response response) {
        assertThat(response.statusCode()).describedAs(() -> response.asString()).isEqualTo(200);
        return response;
    }
}
