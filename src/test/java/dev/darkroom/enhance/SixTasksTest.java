package dev.darkroom.enhance;

import static dev.darkroom.http.ProblemAssert.assertProblem;
import static dev.darkroom.http.Service.upload;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.http.Service;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.Raster;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.Metadata;
import dev.darkroom.image.file.Resolution;
import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Task;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What differs from task to task, through the service and small networks. */
@QuarkusTest
@TestProfile(SmallStore.class)
class SixTasksTest {
    /** 1e-4 of white in 16 bits. */
    private static final int TOLERANCE = 6;
    /** PNG counts whole pixels a metre. */
    private static final Offset<Double> DOTS_PER_METRE = within(0.0127);

    @ConfigProperty(name = "darkroom.model-store")
    String store;

    @BeforeEach
    void loaded() {
        Service.awaitLoaded();
    }

    @ParameterizedTest
    @CsvSource({"deblur, 3, ''", "deblur, 1, ''", "dejpeg, 3, ''", "dehaze, 3, ''", "super-resolve, 3, scale=4", "super-resolve, 1, scale=2",
        "super-resolve, 3, scale=2", "demosaic, 1, pattern=rggb&sigma=0", "demosaic, 1, pattern=bggr&sigma=0", "demosaic, 1, pattern=grbg"})
    void givesByTilesWhatTheWholePictureGives(String task, int channels, String query) {
        byte[] file = Scenes.file(Pictures.smooth(301, 199, channels, 16, 3), ImageFormat.PNG);
        Response tiled = ok(upload(file).post("/v1/" + task + "?model=baseline&" + query));
        Response whole = ok(upload(file).post("/v1/" + task + "?model=whole&" + query));
        assertThat(tiled.header("Server-Timing")).doesNotContain("tiles;desc=\"1\"");
        assertThat(whole.header("Server-Timing")).contains("tiles;desc=\"1\"");
        assertThat(Scenes.largestDifference(tiled.asByteArray(), whole.asByteArray())).isLessThanOrEqualTo(TOLERANCE);
    }

    @ParameterizedTest
    @CsvSource({"3, 8", "3, 16", "1, 8", "1, 16"})
    void tellsEveryTileThePercentilesOfTheWholePicture(int channels, int bits) {
        Raster picture = Pictures.smooth(301, 199, channels, bits, 3);
        int[] samples = Pictures.samples(picture);
        int[] answer = Scenes.samples(ok(upload(Scenes.file(picture, ImageFormat.PNG)).post("/v1/dehaze")).asByteArray());
        int white = (1 << bits) - 1;
        for (int c = 0; c < channels; c++) {
            double low = percentile(samples, c, channels, bits, 0.01);
            double high = percentile(samples, c, channels, bits, 0.99);
            double largest = 0;
            for (int i = c; i < samples.length; i += channels) {
                double stretched = Math.min(1, Math.max(0, (samples[i] / (double) white - low) / (high - low)));
                largest = Math.max(largest, Math.abs(answer[i] - stretched * white));
            }
            assertThat(largest).isLessThanOrEqualTo(1);
        }
    }

    private static double percentile(int[] samples, int channel, int channels, int bits, double share) {
        int[] upper = new int[samples.length / channels];
        Arrays.setAll(upper, i -> samples[i * channels + channel] >> bits - 8);
        Arrays.sort(upper);
        return upper[(int) Math.ceil(share * upper.length) - 1] / 255.0;
    }

    @ParameterizedTest
    @CsvSource({"'', 4, 8", "?scale=2, 2, 8", "?scale=4, 4, 16"})
    void enlargesAlphaAsItDoesColourAndKeepsTheResolution(String query, int scale, int bits) {
        var metadata = new Metadata(Optional.empty(), Optional.of(new Resolution(300, 240)));
        byte[] file = Pictures.encode(new Photo(equalChannels(97, 61, bits), Optional.of(Pictures.smooth(97, 61, 1, bits, 8)), metadata), ImageFormat.PNG);
        try (Photo answer = Pictures.decode(ok(upload(file).post("/v1/super-resolve" + query)).asByteArray())) {
            assertThat(answer.metadata().resolution()).hasValueSatisfying(dpi -> {
                assertThat(dpi.xDpi()).isCloseTo(300, DOTS_PER_METRE);
                assertThat(dpi.yDpi()).isCloseTo(240, DOTS_PER_METRE);
            });
            assertThat(answer.pixels().width()).isEqualTo(scale * 97);
            assertThat(answer.pixels().height()).isEqualTo(scale * 61);
            int[] colours = Pictures.samples(answer.pixels());
            int[] alpha = Pictures.samples(answer.alpha().orElseThrow());
            int largest = 0;
            for (int y = 0; y < scale * 58; y++) {
                for (int x = 0; x < scale * 94; x++) {
                    int i = y * scale * 97 + x;
                    largest = Math.max(largest, Math.abs(alpha[i] - colours[3 * i + 1]));
                }
            }
            assertThat(largest).isLessThanOrEqualTo(bits == 8 ? 1 : 40);
        }
    }

    /** Alpha and colours that hold the same. */
    private static Raster equalChannels(int width, int height, int bits) {
        try (Raster gray = Pictures.smooth(width, height, 1, bits, 8)) {
            var samples = Pictures.buffer(3L * width * height * bits / 8);
            for (int sample : Pictures.samples(gray)) {
                for (int c = 0; c < 3; c++) {
                    if (bits == 8) {
                        samples.put((byte) sample);
                    } else {
                        samples.putShort((short) sample);
                    }
                }
            }
            return Pictures.raster(width, height, 3, bits, samples.flip());
        }
    }

    @Test
    void boundsThePixelsOfTheAnswer() {
        byte[] file = Scenes.file(Pictures.smooth(400, 350, 3, 8, 1), ImageFormat.PNG);
        var problem = assertProblem(upload(file).post("/v1/super-resolve"), 422, "image-too-large");
        assertThat(problem.getString("detail")).contains("2.2 megapixels", "1600 x 1400", "2.0");
        assertThat(upload(file).post("/v1/super-resolve?scale=2").statusCode()).isEqualTo(200);
        assertThat(upload(file).post("/v1/deblur").statusCode()).isEqualTo(200);
    }

    @Test
    void refusesBeforeTheWorkWhatTheFormatCannotHoldAfterIt() {
        byte[] file = Scenes.file(Pictures.smooth(5000, 3, 3, 8, 1), ImageFormat.PNG);
        var problem = assertProblem(upload(file).post("/v1/super-resolve?format=webp"), 422, "image-too-large");
        assertThat(problem.getString("detail")).contains("16383");
    }

    @ParameterizedTest
    @CsvSource({
        "denoise, scale=2", "denoise, pattern=rggb", "deblur, sigma=5", "deblur, scale=2", "deblur, pattern=rggb", "dejpeg, sigma=5",
        "dehaze, sigma=5", "dehaze, scale=4", "super-resolve, sigma=5", "super-resolve, strength=0.5", "super-resolve, pattern=bggr",
        "demosaic, strength=0", "demosaic, scale=2"})
    void refusesTheParameterOfAnotherTask(String task, String query) {
        var problem = assertProblem(upload(Scenes.smallPng()).post("/v1/" + task + "?" + query), 400, "invalid-parameter");
        assertThat(problem.getString("detail")).startsWithIgnoringCase(query.split("=")[0] + " is no parameter of " + task);
    }

    @ParameterizedTest
    @CsvSource({"super-resolve, scale=4.1", "super-resolve, scale=0.9", "super-resolve, scale=x", "demosaic, pattern=xtrans", "demosaic, pattern=rgb"})
    void refusesAValueThatATaskDoesNotKnow(String task, String query) {
        assertProblem(upload(Scenes.smallPng()).post("/v1/" + task + "?" + query), 400, "invalid-parameter");
    }

    @Test
    void blendsWhereTheTaskKeepsTheSize() {
        byte[] file = Scenes.smallPng();
        int[] input = Scenes.samples(file);
        int[] all = Scenes.samples(ok(upload(file).post("/v1/dejpeg")).asByteArray());
        int[] half = Scenes.samples(ok(upload(file).post("/v1/dejpeg?strength=0.5")).asByteArray());
        for (int i = 0; i < input.length; i += 97) {
            assertThat((double) half[i]).isBetween((input[i] + all[i]) / 2.0 - 1, (input[i] + all[i]) / 2.0 + 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"deblur", "dejpeg", "dehaze", "super-resolve"})
    void saysNothingOfNoiseThatTheNetworkDoesNotAskFor(String task) {
        assertThat(ok(upload(Scenes.smallPng()).post("/v1/" + task)).header("X-Darkroom-Sigma")).isNull();
    }

    @Test
    void hasNoCheckpointForTheTask() {
        var problem = assertProblem(upload(Scenes.smallPng()).post("/v1/denoise"), 404, "unknown-model");
        assertThat(problem.getString("detail")).startsWith("No checkpoint for denoise; the store has");
    }

    @ParameterizedTest
    @CsvSource({"'', 1", "?scale=4, 1", "?scale=2, 2", "?scale=2&model=baseline, 2", "?scale=2&model=baseline@2, 2"})
    void runsTheVersionThatHasTheScale(String query, int version) {
        assertThat(ok(upload(Scenes.smallPng()).post("/v1/super-resolve" + query)).header("X-Darkroom-Model"))
                .startsWith("super-resolve/baseline@" + version + " ");
    }

    @ParameterizedTest
    @CsvSource({"model=baseline@2, 4", "model=baseline@2&scale=4, 4", "model=baseline@1&scale=2, 2"})
    void knowsNoVersionOfAnotherScale(String query, int scale) {
        var problem = assertProblem(upload(Scenes.smallPng()).post("/v1/super-resolve?" + query), 404, "unknown-model");
        assertThat(problem.getString("detail")).contains("with scale " + scale, "super-resolve/baseline@2 (scale 2)");
    }

    @Test
    void followsTheStoreFromVersionToVersionOfAScale() throws IOException {
        Path versions = Path.of(store, "super-resolve", "baseline");
        Path third = SmallStore.copy(versions.resolve("2"), versions.resolve("3.tmp"));
        var second = new CheckpointId(Task.SUPER_RESOLVE, "baseline", 2);
        Manifest manifest = Manifest.read(second, third.resolve("manifest.json"));
        manifest.describing(3, manifest.sha256()).write(third.resolve("manifest.json"));
        Files.move(third, versions.resolve("3"));
        try {
            given().post("/v1/models/reload");
            runsTheVersionThatHasTheScale("?scale=2", 3);
            runsTheVersionThatHasTheScale("?scale=4", 1);
        } finally {
            Files.move(versions.resolve("3"), versions.resolve("3.tmp2.tmp"));
            given().post("/v1/models/reload");
        }
        runsTheVersionThatHasTheScale("?scale=2", 2);
    }

    @Test
    void unloadsAVersionAndLoadsItAgain() {
        String address = "/v1/models/super-resolve/baseline/2/";
        try {
            assertThat(ok(given().post(address + "unload")).jsonPath().getString("state")).isEqualTo("unloaded");
            assertProblem(upload(Scenes.smallPng()).post("/v1/super-resolve?scale=2&model=baseline@2"), 503, "model-not-ready");
            ok(given().post("/v1/models/reload"));
            assertProblem(upload(Scenes.smallPng()).post("/v1/super-resolve?scale=2&model=baseline@2"), 503, "model-not-ready");
        } finally {
            assertThat(ok(given().post(address + "load")).jsonPath().getString("state")).isEqualTo("ready");
        }
        runsTheVersionThatHasTheScale("?scale=2", 2);
    }

    private static Response ok(Response response) {
        assertThat(response.statusCode()).describedAs(() -> response.asString()).isEqualTo(200);
        return response;
    }
}
