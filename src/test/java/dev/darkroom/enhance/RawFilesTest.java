package dev.darkroom.enhance;

import static dev.darkroom.http.ProblemAssert.assertProblem;
import static dev.darkroom.http.Service.upload;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.http.Service;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.Raster;
import dev.darkroom.image.container.ImageFile;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.raw.Dng;
import dev.darkroom.image.raw.LosslessJpegWriter;
import dev.darkroom.image.raw.RawScenes;
import dev.darkroom.image.raw.SamplesWriter;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DNGs through the service and a network that interpolates. */
@QuarkusTest
@TestProfile(SmallStore.class)
class RawFilesTest {
    private static final int WIDTH = 48;
    private static final int HEIGHT = 33;
    private static final double[] GRAY = {1, 1, 1};
    private static final double[] TUNGSTEN = {0.9, 1, 0.4};

    @BeforeEach
    void loaded() {
        Service.awaitLoaded();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rggb", "bggr", "grbg", "gbrg"})
    void becomePhotographs(String pattern) {
        byte[] file = scene(pattern, GRAY).coded(SamplesWriter.losslessJpeg(LosslessJpegWriter.of(2, 1, 16))).file();
        Response response = ok(upload(file).queryParam("sigma", 0).post("/v1/demosaic"));
        assertThat(response.contentType()).isEqualTo("image/png");
        assertThat(response.header("X-Darkroom-Development"))
                .matches("mosaic=%s, wb=\\(1.000 1.000 1.000\\), kelvin=650\\d, exposure=0.00, profile=srgb, tone=srgb".formatted(pattern));
        assertThat(response.header("X-Darkroom-Changed")).isNull();
        assertThat(response.header("Server-Timing")).contains("develop;dur=");
        assertShowsTheScene(response, 12);
    }

    /** What white balance lifts, the network has seen darker by that. */
    @Test
    void areBalancedBeforeTheNetworkSeesThem() {
        Response response = ok(upload(scene("rggb", TUNGSTEN).file()).queryParam("sigma", 0).post("/v1/demosaic"));
        assertThat(response.header("X-Darkroom-Development")).contains("wb=(1.111 1.000 2.500)");
        assertShowsTheScene(response, 40);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6, 8})
    void standUpright(int orientation) {
        byte[] file = scene("rggb", GRAY).first(274, Dng.SHORT, orientation).file();
        Response response = ok(upload(file).queryParam("sigma", 0).post("/v1/demosaic"));
        try (Photo photo = Pictures.decode(response.asByteArray())) {
            boolean swaps = orientation >= 5;
            assertThat(photo.pixels().width()).isEqualTo(swaps ? HEIGHT : WIDTH);
            int[] samples = Pictures.samples(photo.pixels());
            // The scene's upper left pixel, which is its darkest in red.
            int at = switch (orientation) {
                case 3 -> WIDTH * HEIGHT - 1;
                case 6 -> HEIGHT - 1;
                case 8 -> (WIDTH - 1) * HEIGHT;
                default -> 0;
            };
            int darkest = 0;
            for (int i = 0; i < WIDTH * HEIGHT; i++) {
                darkest = samples[3 * i] < samples[3 * darkest] ? i : darkest;
            }
            assertThat(darkest).isEqualTo(at);
        }
    }

    @Test
    void keepCameraAndExposureAndSayWhatWasLost() {
        byte[] file = scene("rggb", GRAY).first(51022, Dng.BYTE, 0, 0, 0, 0).with(51009, Dng.BYTE, 0, 0, 0, 0).text(271, "Kamera").file();
        Response response = ok(upload(file).queryParam("sigma", 0).queryParam("format", "jpeg").post("/v1/demosaic"));
        assertThat(response.header("X-Darkroom-Changed")).isEqualTo("bit-depth, corrections");
        var metadata = ImageFile.of(ByteBuffer.wrap(response.asByteArray())).metadata();
        assertThat(new String(metadata.exif().orElseThrow(), StandardCharsets.ISO_8859_1)).contains("Kamera");
        assertThat(new String(metadata.icc().orElseThrow(), StandardCharsets.UTF_16BE)).contains("Darkroom srgb");
    }

    @ParameterizedTest
    @CsvSource({"wb, '2,1,0.5'", "wb, 3000", "exposure, -1", "profile, prophoto", "profile, display-p3"})
    void areDevelopedAsAskedFor(String parameter, String value) {
        byte[] file = scene("rggb", GRAY).file();
        byte[] usual = ok(upload(file).queryParam("sigma", 0).post("/v1/demosaic")).asByteArray();
        Response response = ok(upload(file).queryParam("sigma", 0).queryParam(parameter, value).queryParam("format", "tiff").post("/v1/demosaic"));
        assertThat(response.contentType()).isEqualTo("image/tiff");
        assertThat(Scenes.largestDifference(usual, response.asByteArray())).isGreaterThan(500);
    }

    /** The profile undoes the tones: only their steps differ. */
    @Test
    void lookTheSameInLinearTones() {
        byte[] file = scene("rggb", GRAY).file();
        Response response = ok(upload(file).queryParam("sigma", 0).queryParam("tone", "linear").queryParam("format", "tiff").post("/v1/demosaic"));
        assertShowsTheScene(response, 60);
        try (Photo photo = Pictures.decode(response.asByteArray())) {
            assertThat(Pictures.stored(photo.pixels())).isNotEqualTo(Pictures.samples(photo.pixels()));
        }
    }

    @ParameterizedTest
    @CsvSource({"wb, 100", "wb, '1,2'", "wb, '0,1,1'", "wb, sunny", "exposure, 6", "exposure, bright", "profile, cmyk", "tone, film", "pattern, rggb"})
    void refuseParametersThatMakeNoSense(String parameter, String value) {
        var problem = assertProblem(upload(scene("rggb", GRAY).file()).queryParam(parameter, value).post("/v1/demosaic"), 400, "invalid-parameter");
        assertThat(problem.getString("detail")).containsIgnoringCase(parameter);
    }

    @Test
    void aloneAreDeveloped() {
        byte[] png = Scenes.file(Mosaics.noise(40, 30, 1, 16), ImageFormat.PNG);
        assertThat(assertProblem(upload(png).queryParam("exposure", 1).post("/v1/demosaic"), 400, "invalid-parameter").getString("detail")).contains("DNG");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dejpeg", "super-resolve", "deblur", "dehaze"})
    void areRefusedByOtherTasksWhichPointToDemosaic(String task) {
        var problem = assertProblem(upload(scene("rggb", GRAY).file()).post("/v1/" + task), 415, "unsupported-image");
        assertThat(problem.getString("detail")).contains("DNG", "demosaic");
    }

    @ParameterizedTest
    @CsvSource({"II*_____CR_____________________, CR2", "FUJIFILMCCD-RAW 0201, RAF"})
    void ofOtherMakesAreRefusedByName(String head, String kind) {
        byte[] file = Arrays.copyOf(head.replace('_', '\0').getBytes(StandardCharsets.ISO_8859_1), 64);
        if (kind.equals("CR2")) {
            ByteBuffer.wrap(file).put(4, (byte) 16).put(10, (byte) 2);
        }
        var problem = assertProblem(upload(file).post("/v1/demosaic"), 415, "unsupported-image");
        assertThat(problem.getString("detail")).contains(kind, "convert it to DNG");
    }

    @Test
    void withColoursAlreadyGoOnWithoutTheNetwork() {
        byte[] file = RawScenes.colours(WIDTH, HEIGHT, scene16(), TUNGSTEN).file();
        Response response = ok(upload(file).queryParam("exposure", 0).post("/v1/demosaic"));
        assertThat(response.header("X-Darkroom-Development")).startsWith("mosaic=none");
        assertThat(response.header("X-Darkroom-Sigma")).isNull();
        assertShowsTheScene(response, 12);
    }

    @Test
    void comeInAFormAndGoOnToOtherTasks() {
        byte[] file = scene("rggb", GRAY).file();
        Response steps = ok(given().multiPart("image", "shot.dng", file, "image/x-adobe-dng").queryParam("steps", "demosaic:sigma=0:tone=linear:wb=camera,super-resolve:scale=2").post("/v1/restore"));
        assertThat(steps.header("Content-Disposition")).contains("shot-restore.png");
        assertThat(steps.header("X-Darkroom-Development")).contains("tone=linear");
        try (Photo photo = Pictures.decode(steps.asByteArray())) {
            assertThat(photo.pixels().width()).isEqualTo(2 * WIDTH);
        }
    }

    @Test
    void areComparedByCheckpoints() {
        Response report = ok(given().multiPart("image", "shot.dng", scene("rggb", GRAY).file(), "image/x-adobe-dng").queryParam("sigma", 0).post("/v1/compare/demosaic"));
        assertThat(report.jsonPath().getList("results.model")).isNotEmpty();
    }

    @Test
    void cutShortAreDamaged() {
        byte[] file = scene("rggb", GRAY).file();
        assertProblem(upload(Arrays.copyOf(file, file.length - 200)).post("/v1/demosaic"), 422, "damaged-image");
    }

    private static Dng scene(String pattern, double[] neutral) {
        return RawScenes.mosaic(WIDTH, HEIGHT, scene16(), 16, pattern, neutral);
    }

    private static int[] scene16() {
        try (Raster ramps = Mosaics.ramps(WIDTH, HEIGHT, 16)) {
            return Pictures.samples(ramps);
        }
    }

    private static void assertShowsTheScene(Response response, int tolerance) {
        try (Raster expected = Mosaics.ramps(WIDTH, HEIGHT, 16); Photo answer = Pictures.decode(response.asByteArray())) {
            assertThat(answer.pixels().bits()).isEqualTo(16);
            assertThat(answer.pixels().bounds()).isEqualTo(expected.bounds());
            assertThat(Mosaics.difference(expected, answer.pixels(), 0, 0)).isLessThanOrEqualTo(tolerance);
        }
    }

    private static Response ok(Response response) {
        assertThat(response.statusCode()).describedAs(() -> response.asString()).isEqualTo(200);
        return response;
    }
}
