package dev.darkroom.enhance;

import static dev.darkroom.http.Service.upload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.http.Service;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.file.ImageFormat;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A photograph that no checkpoint was trained on, shaken and not, through the service and its real checkpoint. */
@QuarkusTest
class DeblurTest {
    /** Where the camera pointed while the shutter was open, px: a hook. Its mean is 0, or a perfect answer would be moved against the original. */
    private static final int[][] HOOK = {{-4, -3}, {-4, -3}, {-3, -2}, {-2, -1}, {-1, -1}, {0, 0}, {1, 1}, {2, 1}, {3, 2}, {4, 2}, {4, 4}};

    private byte[] file;
    private int width;
    private int height;
    private int[] sharp;

    @BeforeEach
    void photograph() throws IOException {
        Service.awaitLoaded();
        file = Files.readAllBytes(Path.of("docs/photographs/chelsea.png"));
        try (Photo photo = Pictures.decode(file)) {
            width = photo.pixels().width();
            height = photo.pixels().height();
            sharp = Pictures.samples(photo.pixels());
        }
    }

    @Test
    void undoesTheShakeOfACamera() {
        byte[] shaken = shaken();

        Response answer = upload(shaken).post("/v1/deblur");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.header("Server-Timing")).contains("estimate;dur=");
        assertThat(Scenes.psnr(answer.asByteArray(), sharp)).isGreaterThan(Scenes.psnr(shaken, sharp) + 1);
    }

    @Test
    void leavesASharpPhotographNearlyAsItIs() {
        Response answer = upload(file).post("/v1/deblur");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Scenes.psnr(answer.asByteArray(), sharp)).isGreaterThan(35);
    }

    private byte[] shaken() {
        var random = new Random(1);
        var samples = Pictures.buffer((long) width * height * 3);
        for (int i = 0; i < width * height * 3; i++) {
            int x = i / 3 % width;
            int y = i / 3 / width;
            double sum = 0;
            for (int[] moment : HOOK) {
                int fromX = Math.min(Math.max(x - moment[0], 0), width - 1);
                int fromY = Math.min(Math.max(y - moment[1], 0), height - 1);
                sum += sharp[3 * (fromY * width + fromX) + i % 3];
            }
            samples.put((byte) Math.round(Math.min(255, Math.max(0, sum / HOOK.length + random.nextGaussian()))));
        }
        return Scenes.file(Pictures.raster(width, height, 3, 8, samples.flip()), ImageFormat.PNG);
    }
}
