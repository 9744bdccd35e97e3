package dev.darkroom.enhance;

import static dev.darkroom.http.Service.upload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.http.Service;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.Raster;
import dev.darkroom.image.file.ImageFormat;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a photograph of several tiles gets from the store's default: with the measured halo, which 8-bit files have, beside the exact one of deeper files. */
@QuarkusTest
class SeamsTest {
    private static final int TO_16_BITS = 257;

    @BeforeEach
    void ready() {
        Service.awaitLoaded();
    }

    @Test
    void aSeamIsNoWiderThanAStepAndHardlyAnywhereThat() throws IOException {
        Raster noisy = noisy(enlarged("coffee"));
        int[] samples = Pictures.samples(noisy);
        byte[] deep = Scenes.file(Pictures.raster(noisy.width(), noisy.height(), 3, 16, deep(samples)), ImageFormat.PNG);
        Response shallow = ok(upload(Scenes.file(noisy, ImageFormat.PNG)).post("/v1/denoise?sigma=12"));
        Response exact = ok(upload(deep).post("/v1/denoise?sigma=12"));

        int[] measured = Scenes.samples(shallow.asByteArray());
        int[] whole = Scenes.samples(exact.asByteArray());
        int[] differences = IntStream.range(0, measured.length).map(i -> Math.abs(measured[i] - Math.round(whole[i] / (float) TO_16_BITS))).toArray();
        assertThat(shallow.header("Server-Timing")).doesNotContain("tiles;desc=\"1\"");
        assertThat(IntStream.of(differences).max().orElseThrow()).isLessThanOrEqualTo(1);
        assertThat(IntStream.of(differences).filter(difference -> difference > 0).count()).isLessThan(measured.length / 100);
    }

    private static Raster enlarged(String photograph) throws IOException {
        byte[] file = Files.readAllBytes(Path.of("docs/photographs", photograph + ".png"));
        return Pictures.decode(ok(upload(file).post("/v1/super-resolve?scale=2")).asByteArray()).pixels();
    }

    private static Raster noisy(Raster picture) {
        var random = new Random(7);
        ByteBuffer noisy = Pictures.buffer(3L * picture.width() * picture.height());
        for (int sample : Pictures.samples(picture)) {
            noisy.put((byte) Math.max(0, Math.min(255, Math.round(sample + 12 * random.nextGaussian()))));
        }
        return Pictures.raster(picture.width(), picture.height(), 3, 8, noisy.flip());
    }

    private static ByteBuffer deep(int[] samples) {
        ByteBuffer deep = Pictures.buffer(2L * samples.length);
        for (int sample : samples) {
            deep.putShort((short) (TO_16_BITS * sample));
        }
        return deep.flip();
    }

    private static Response ok(Response response) {
        assertThat(response.statusCode()).isEqualTo(200);
        return response;
    }
}
