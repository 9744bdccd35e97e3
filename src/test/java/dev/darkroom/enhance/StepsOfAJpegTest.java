package dev.darkroom.enhance;

import static dev.darkroom.http.Service.upload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.http.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a JPEG file says of itself, with the checkpoints of the store, which ask for it. */
@QuarkusTest
class StepsOfAJpegTest {
    private byte[] file;

    @BeforeEach
    void photograph() throws IOException {
        Service.awaitLoaded();
        byte[] original = Files.readAllBytes(Path.of("docs/photographs/coffee.png"));
        file = ok(upload(original).post("/v1/denoise?strength=0&format=jpeg&quality=30")).asByteArray();
    }

    @Test
    void itIsToldOnlyOfPixelsThatAreStillTheFiles() {
        byte[] repaired = ok(upload(file).post("/v1/dejpeg?format=png")).asByteArray();
        byte[] after = ok(upload(repaired).post("/v1/denoise?format=png")).asByteArray();

        Response atOnce = ok(upload(file).post("/v1/restore?steps=dejpeg,denoise&format=png"));

        assertThat(Scenes.samples(atOnce.asByteArray())).describedAs("a PNG file has no such tables").isEqualTo(Scenes.samples(after));
        assertThat(atOnce.header("X-Darkroom-Steps")).matches(
                "dejpeg;model=\"dejpeg/baseline@\\d+\"(;[^,]*)?, denoise;model=\"denoise/baseline@\\d+\";sigma=\\S+;luma=\\S+;chroma=\\S+");
    }

    @Test
    void itIsToldAfterAStepThatHadNothingToDo() {
        Response deblurred = ok(upload(file).post("/v1/restore?steps=deblur,dejpeg&format=png"));
        assertThat(deblurred.header("X-Darkroom-Steps")).contains("shake=none");

        assertThat(Scenes.samples(deblurred.asByteArray())).isEqualTo(Scenes.samples(ok(upload(file).post("/v1/dejpeg?format=png")).asByteArray()));
    }

    private static Response ok(Response response) {
        assertThat(response.statusCode()).describedAs(() -> response.asString()).isEqualTo(200);
        return response;
    }
}
