package dev.darkroom.enhance;

import static dev.darkroom.http.ProblemAssert.assertProblem;
import static dev.darkroom.http.Service.upload;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.http.Service;
import dev.darkroom.image.Dimensions;
import dev.darkroom.image.Framing;
import dev.darkroom.image.Jdk;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.file.CameraFiles;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.ImageHeader;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How answers are written, and how large they are, as it is asked for. */
@QuarkusTest
@TestProfile(SmallStore.class)
class OutputTest {
    private static final byte[] PICTURE = Scenes.file(Pictures.smooth(60, 40, 3, 8, 4), ImageFormat.PNG);

    @Inject
    Pipeline pipeline;

    @BeforeEach
    void loaded() {
        Service.awaitLoaded();
    }

    @ParameterizedTest
    @CsvSource({"scale=3, 180, 120, @1", "scale=2.5, 150, 100, @1", "scale=4, 240, 160, @1", "scale=2, 120, 80, @2", "scale=1.5, 90, 60, @2", "scale=1, 60, 40, @2",
        "scale=1.5&model=baseline@1, 90, 60, @1", "scale=1.01, 61, 40, @2"})
    void enlargesAnyNumberOfTimesByTheNetworkThatEnlargesLeast(String query, int width, int height, String version) {
        Response answer = ok(upload(PICTURE).post("/v1/super-resolve?" + query));
        assertThat(size(answer)).isEqualTo(new Dimensions(width, height));
        assertThat(answer.header("X-Darkroom-Model")).contains("super-resolve/baseline" + version);
    }

    @Test
    void makesWhatLiesBetweenOfTheNetworksOwnAnswer() {
        try (Photo four = Pictures.decode(ok(upload(PICTURE).post("/v1/super-resolve?scale=4")).asByteArray());
                Photo three = Pictures.decode(ok(upload(PICTURE).post("/v1/super-resolve?scale=3")).asByteArray());
                Photo made = four.framed(Framing.whole(four.size(), new Dimensions(180, 120)))) {
            assertThat(Pictures.samples(three.pixels())).isEqualTo(Pictures.samples(made.pixels()));
        }
    }

    @Test
    void goesOnWithWhatItHasEnlarged() {
        Response answer = ok(upload(PICTURE).post("/v1/restore?steps=super-resolve:scale=1.5,dehaze&width=45"));
        assertThat(size(answer)).isEqualTo(new Dimensions(45, 30));
    }

    @ParameterizedTest
    @CsvSource({"width=30, 30, 20", "height=10, 15, 10", "width=30&height=10, 15, 10", "width=30&height=10&fit=cover, 30, 10", "width=30&height=10&fit=fill, 30, 10",
        "width=600, 60, 40", "width=60&height=40&fit=cover, 60, 40"})
    void hasTheSizeThatWasAskedForAndIsNeverEnlarged(String query, int width, int height) {
        assertThat(size(ok(upload(PICTURE).post("/v1/dejpeg?" + query)))).isEqualTo(new Dimensions(width, height));
    }

    @ParameterizedTest
    @CsvSource({"PNG, 16", "TIFF, 8", "WEBP, 8"})
    void keepsDepthAlphaAndMetadataInAnotherSize(ImageFormat format, int bits) {
        byte[] file = CameraFiles.camera(Pictures.photo(64, 48, 3, bits, true), format, 6);
        Response answer = ok(upload(file).post("/v1/dejpeg?width=24"));
        ImageHeader header = Pictures.probe(answer.asByteArray());
        assertThat(new Dimensions(header.width(), header.height())).isEqualTo(new Dimensions(24, 32));
        assertThat(header.alpha()).isTrue();
        assertThat(header.bitsPerSample()).isEqualTo(bits);
        assertThat(answer.header("X-Darkroom-Changed")).isEqualTo(ok(upload(file).post("/v1/dejpeg")).header("X-Darkroom-Changed"));
    }

    @Test
    void isCodedAsItWasAskedFor() {
        assertThat(latin1(ok(upload(PICTURE).post("/v1/dejpeg?format=jpeg&progressive=true&chroma=422&quality=80")))).contains("\u00ff\u00c2");
        assertThat(latin1(ok(upload(PICTURE).post("/v1/dejpeg?format=webp&lossless=true")))).contains("VP8L");
        assertThat(ok(upload(PICTURE).post("/v1/dejpeg?compression=0")).asByteArray()).hasSizeGreaterThan(60 * 40 * 3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            progressive=true                  | Progressive is of JPEG answers alone, but this one would be PNG
            progressive=maybe                 | Progressive must be true or false
            chroma=420&format=webp            | Chroma is of JPEG answers alone, but this one would be WebP
            chroma=411&format=jpeg            | Chroma must be 420, 422 or 444
            compression=5&format=jpeg         | Compression is of PNG answers alone, but this one would be JPEG
            compression=10                    | Compression must be from 0 to 9
            lossless=true&format=jpeg         | Lossless=true is of WebP, PNG and TIFF
            lossless=false                    | Lossless=false is of WebP and JPEG
            lossless=true&format=webp&quality=5 | Quality is of lossy answers
            width=0                           | Width must be 1 or more
            height=tall                       | Height must be a whole number
            fit=cover                         | Fit needs a width
            fit=stretch&width=3               | Fit must be inside, cover or fill
            fit=cover&width=30                | Fit=cover needs both width and height
            fit=fill&width=61&height=40       | The picture would have 60 x 40 pixels, fewer than the 61 x 40 that fit=fill asks for
            """)
    void isRefusedBeforeAnythingIsDoneIfItCannotBeHad(String query, String detail) {
        assertThat(assertProblem(upload(PICTURE).post("/v1/dejpeg?" + query), 400, "invalid-parameter").getString("detail")).startsWithIgnoringCase(detail);
    }

    @Test
    void isComparedInTheSizeThatWasAskedFor() {
        Response compared = ok(upload(PICTURE).post("/v1/compare/super-resolve?model=baseline@1,baseline@2&scale=1.5&height=30"));
        assertThat(compared.jsonPath().getList("results.picture.width", Integer.class)).containsExactly(45, 45);
        assertThat(compared.jsonPath().getList("results.picture.height", Integer.class)).containsExactly(30, 30);

        byte[] original = Scenes.file(Pictures.smooth(90, 60, 3, 8, 4), ImageFormat.PNG);
        Response measured = ok(given().multiPart("image", "a.png", PICTURE).multiPart("reference", "b.png", original).post("/v1/compare/super-resolve?scale=1.5&metrics=psnr"));
        assertThat(measured.jsonPath().getList("results.metrics.psnr.value", Float.class)).isNotEmpty().allMatch(psnr -> psnr > 10);
    }

    @Test
    void isMadeOfThePageThatIsWantedWhoseCopyIsOnTheBooks() {
        byte[] pages = Jdk.pages(new BufferedImage(20, 12, BufferedImage.TYPE_3BYTE_BGR), new BufferedImage(30, 18, BufferedImage.TYPE_3BYTE_BGR));
        assertProblem(upload(pages).post("/v1/dejpeg"), 415, "unsupported-image");
        assertThat(size(ok(upload(pages).post("/v1/dejpeg?page=1")))).isEqualTo(new Dimensions(20, 12));
        assertThat(size(ok(upload(pages).post("/v1/dejpeg?page=2")))).isEqualTo(new Dimensions(30, 18));
        assertProblem(upload(pages).post("/v1/dejpeg?page=3"), 415, "unsupported-image");
        assertProblem(upload(pages).post("/v1/dejpeg?page=2&model=nosuch"), 404, "unknown-model");
        // The upload goes at the request's end, which may come after the answer.
        await().untilAsserted(() -> assertThat(pipeline.admission().heldBytes()).isZero());
    }

    private static Dimensions size(Response answer) {
        ImageHeader header = Pictures.probe(answer.asByteArray());
        return new Dimensions(header.width(), header.height());
    }

    private static String latin1(Response answer) {
        return new String(answer.asByteArray(), StandardCharsets.ISO_8859_1);
    }

    private static Response ok(Response answer) {
        assertThat(answer.statusCode()).describedAs(() -> answer.asString()).isEqualTo(200);
        return answer;
    }
}
