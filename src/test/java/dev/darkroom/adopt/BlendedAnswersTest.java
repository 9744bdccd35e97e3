package dev.darkroom.adopt;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import dev.darkroom.enhance.Scenes;
import dev.darkroom.http.Service;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.Raster;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.Metadata;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Imported networks that see more than a tile, through HTTP. */
@QuarkusTest
@TestProfile(ImportedStore.class)
class BlendedAnswersTest {
    /** More than the largest tile: which one is fastest depends on the machine. */
    private static final int WIDTH = 1100;
    private static final int HEIGHT = 140;

    @BeforeEach
    void awaitLoaded() {
        Service.awaitLoaded();
    }

    /**
     * The network multiplies by the mean of what it sees, and the picture gets brighter from left to right, so that each tile is darker or
     * brighter than the next: cut apart, its edges would be steps.
     */
    @Test
    void showsNoSeamWhereTilesDisagree() {
        byte[] answer = given().body(ramp()).contentType("image/png").post("/v1/deblur?model=pooled").then().statusCode(200)
                .header("X-Darkroom-Tiling", matchesPattern("blended;psnr=\\d+\\.\\d")).extract().asByteArray();
        try (Photo photo = Pictures.decode(answer)) {
            int[] samples = Pictures.samples(photo.pixels());
            for (int channel = 0; channel < 3; channel++) {
                assertThat(largestStep(samples, channel)).isLessThan(2.5 * meanStep(samples, channel));
            }
        }
    }

    /** From one pixel of the middle row to the next, away from the padded edges. */
    private static double largestStep(int[] samples, int channel) {
        double largest = 0;
        for (int x = 12; x < WIDTH - 12; x++) {
            largest = Math.max(largest, Math.abs(at(samples, x, channel) - at(samples, x - 1, channel)));
        }
        return largest;
    }

    private static double meanStep(int[] samples, int channel) {
        return (at(samples, WIDTH - 12, channel) - at(samples, 12, channel)) / (WIDTH - 24.0);
    }

    private static double at(int[] samples, int x, int channel) {
        return samples[(HEIGHT / 2 * WIDTH + x) * 3 + channel];
    }

    private static byte[] ramp() {
        ByteBuffer samples = ByteBuffer.allocateDirect(WIDTH * HEIGHT * 6).order(ByteOrder.nativeOrder());
        for (int i = 0; i < WIDTH * HEIGHT * 3; i++) {
            samples.putShort((short) (8000 + 48000L * (i / 3 % WIDTH) / WIDTH));
        }
        Raster raster = Pictures.raster(WIDTH, HEIGHT, 3, 16, samples.flip());
        return Pictures.encode(new Photo(raster, Optional.empty(), Metadata.NONE), ImageFormat.PNG);
    }

    /** Of several squares of 64, of one, and of less than one. */
    @Test
    void enlargesPicturesOfAnySizeInTilesOfOne() {
        for (int[] size : new int[][] {{150, 97}, {64, 64}, {5, 3}}) {
            byte[] picture = Scenes.file(Scenes.clean(size[0], size[1], 3), ImageFormat.PNG);
            byte[] answer = given().body(picture).contentType("image/png").post("/v1/super-resolve?scale=2&model=attention").then().statusCode(200)
                    .header("X-Darkroom-Tiling", size[0] > 64 ? matchesPattern("blended;psnr=.*") : nullValue()).extract().asByteArray();
            var header = Pictures.probe(answer);
            assertThat(header.width()).isEqualTo(2 * size[0]);
            assertThat(header.height()).isEqualTo(2 * size[1]);
            assertThat(Scenes.psnr(answer, doubled(Scenes.samples(picture), size[0], size[1]))).isGreaterThan(28);
        }
    }

    /** Every pixel four times, which is what the network adds a little to. */
    private static int[] doubled(int[] samples, int width, int height) {
        int[] doubled = new int[4 * samples.length];
        for (int y = 0; y < 2 * height; y++) {
            for (int x = 0; x < 2 * width; x++) {
                for (int channel = 0; channel < 3; channel++) {
                    doubled[(y * 2 * width + x) * 3 + channel] = samples[(y / 2 * width + x / 2) * 3 + channel];
                }
            }
        }
        return doubled;
    }

    @Test
    void refusesMoreThanTheCheckpointTakes() {
        given().body(Scenes.file(Scenes.clean(600, 400, 3), ImageFormat.PNG)).contentType("image/png").post("/v1/deblur").then().statusCode(422)
                .body("type", equalTo("urn:darkroom:problem:image-too-large")).body("detail", containsString("deblur/pooled@1 takes at most 0.2"));
    }

    @Test
    void saysWhatWasImportedUnderWhichLicenceFromWhere() {
        given().get("/v1/models/super-resolve/attention/1").then().statusCode(200).body("manifest.licence", equalTo("MIT"))
                .body("manifest.summary", equalTo("Sees its neighbours.")).body("manifest.origin.source", equalTo("attention.pt"))
                .body("manifest.tiling", equalTo("blended"));
        given().get("/v1/models/deblur/pooled/1").then().body("manifest.limits.megapixels", equalTo(0.2f));
    }
}
