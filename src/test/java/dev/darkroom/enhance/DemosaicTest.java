package dev.darkroom.enhance;

import static dev.darkroom.http.ProblemAssert.assertProblem;
import static dev.darkroom.http.Service.upload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.http.Service;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.Raster;
import dev.darkroom.image.file.CameraFiles;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.Metadata;
import dev.darkroom.image.tile.Region;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mosaics through the service and a network that interpolates. */
@QuarkusTest
@TestProfile(SmallStore.class)
class DemosaicTest {
    private static final List<String> PATTERNS = List.of("rggb", "bggr", "grbg", "gbrg");

    @BeforeEach
    void loaded() {
        Service.awaitLoaded();
    }

    @ParameterizedTest
    @CsvSource({"48, 32, 8", "49, 33, 8", "48, 33, 8", "49, 32, 16", "47, 61, 16", "301, 199, 16", "3, 3, 8", "4, 3, 16"})
    void findsTheColoursOfEveryPattern(int width, int height, int bits) {
        for (String pattern : PATTERNS) {
            byte[] file = Scenes.file(Mosaics.mosaic(Mosaics.ramps(width, height, bits), pattern), ImageFormat.PNG);
            Response response = ok(upload(file).queryParam("pattern", pattern).queryParam("sigma", 0).post("/v1/demosaic"));
            try (Raster expected = Mosaics.ramps(width, height, bits); Photo answer = Pictures.decode(response.asByteArray())) {
                assertThat(answer.pixels().bounds()).isEqualTo(expected.bounds());
                assertThat(answer.pixels().channels()).isEqualTo(3);
                assertThat(answer.pixels().bits()).isEqualTo(bits);
                assertThat(Mosaics.difference(expected, answer.pixels(), 0, 0)).as(pattern).isZero();
            }
        }
    }

    /** What is to the right of a red sample is a mosaic that begins with green. */
    @ParameterizedTest
    @CsvSource({"grbg, 1, 0", "gbrg, 0, 1", "bggr, 1, 1", "rggb, 2, 2"})
    void givesTheSameForTheSameSamplesUnderAnotherPattern(String pattern, int right, int below) {
        Raster mosaic = Mosaics.noise(203, 151, 1, 16);
        Raster part = part(mosaic, new Region(right, below, 203 - right, 151 - below));
        try (Photo whole = demosaicked(mosaic, "rggb"); Photo shifted = demosaicked(part, pattern)) {
            assertThat(Mosaics.difference(whole.pixels(), shifted.pixels(), right, below)).isLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rggb", "bggr", "grbg", "gbrg"})
    void findsTheColoursOfAMosaicThatIsStoredLyingDown(String pattern) {
        for (int exif = 1; exif <= 8; exif++) {
            byte[] file = CameraFiles.oriented(plain(Mosaics.mosaic(Mosaics.ramps(48, 33, 8), pattern)), ImageFormat.PNG, exif);
            byte[] colours = CameraFiles.oriented(plain(Mosaics.ramps(48, 33, 8)), ImageFormat.PNG, exif);
            Response response = ok(upload(file).queryParam("pattern", pattern).queryParam("sigma", 0).post("/v1/demosaic"));
            try (Photo upright = Pictures.decode(colours); Photo answer = Pictures.decode(response.asByteArray())) {
                assertThat(answer.pixels().bounds()).isEqualTo(upright.pixels().bounds());
                assertThat(Mosaics.difference(upright.pixels(), answer.pixels(), 0, 0)).as("%s, EXIF %d", pattern, exif).isZero();
            }
        }
    }

    @Test
    void answersInPngUnlessAskedOtherwise() {
        byte[] tiff = Scenes.file(Mosaics.noise(40, 30, 1, 16), ImageFormat.TIFF);
        assertThat(ok(upload(tiff).post("/v1/demosaic")).contentType()).isEqualTo("image/png");
        assertThat(ok(upload(tiff).header("Accept", "image/*").post("/v1/demosaic")).contentType()).isEqualTo("image/png");
        assertThat(ok(upload(tiff).queryParam("format", "tiff").post("/v1/demosaic")).contentType()).isEqualTo("image/tiff");
        assertThat(ok(upload(tiff).header("Accept", "image/webp").post("/v1/demosaic")).contentType()).isEqualTo("image/webp");
    }

    @Test
    void tellsTheNetworkTheNoise() {
        byte[] file = Scenes.file(Mosaics.mosaic(Mosaics.ramps(48, 32, 8), "rggb"), ImageFormat.PNG);
        int[] clean = Scenes.samples(ok(upload(file).queryParam("sigma", 0).post("/v1/demosaic")).asByteArray());
        Response noisy = ok(upload(file).queryParam("sigma", 51).post("/v1/demosaic"));
        int[] brighter = Scenes.samples(noisy.asByteArray());
        assertThat(noisy.header("X-Darkroom-Sigma")).isEqualTo("51.0");
        for (int i = 0; i < clean.length; i++) {
            assertThat(brighter[i] - clean[i]).isBetween(50, 52);
        }
    }

    /** Neighbours of different colours would look like noise. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 5, 20})
    void estimatesTheNoiseBehindTheColours(double sigma255) {
        byte[] file = Scenes.file(Mosaics.mosaic(Scenes.noisy(640, 480, 3, sigma255), "grbg"), ImageFormat.PNG);
        Response response = ok(upload(file).queryParam("pattern", "grbg").post("/v1/demosaic"));
        assertThat(Double.parseDouble(response.header("X-Darkroom-Sigma"))).isCloseTo(sigma255, within(1 + sigma255 / 10));
    }

    @ParameterizedTest
    @CsvSource({"PNG, 3, in colour", "TIFF, 3, in colour", "WEBP, 3, in colour", "JPEG, 1, JPEG blends"})
    void refusesWhatIsNoMosaic(ImageFormat format, int channels, String reason) {
        byte[] file = Scenes.file(Mosaics.noise(40, 30, channels, 8), format);
        var problem = assertProblem(upload(file).post("/v1/demosaic"), 422, "unfit-image");
        assertThat(problem.getString("detail")).contains(reason);
    }

    @Test
    void refusesASingleRow() {
        byte[] file = Scenes.file(Mosaics.noise(40, 1, 1, 8), ImageFormat.PNG);
        var problem = assertProblem(upload(file).post("/v1/demosaic"), 422, "unfit-image");
        assertThat(problem.getString("detail")).contains("40 x 1");
    }

    private static Photo demosaicked(Raster mosaic, String pattern) {
        byte[] file = Scenes.file(mosaic, ImageFormat.PNG);
        return Pictures.decode(ok(upload(file).queryParam("pattern", pattern).queryParam("sigma", 0).post("/v1/demosaic")).asByteArray());
    }

    private static Raster part(Raster raster, Region region) {
        ByteBuffer samples = Pictures.buffer(raster.bytes(region));
        raster.read(region, samples);
        return Pictures.raster(region.width(), region.height(), raster.channels(), raster.bits(), samples.flip());
    }

    private static Photo plain(Raster pixels) {
        return new Photo(pixels, Optional.empty(), Metadata.NONE);
    }

    private static Response ok(Response response) {
        assertThat(response.statusCode()).describedAs(() -> response.asString()).isEqualTo(200);
        return response;
    }
}
