package dev.darkroom.enhance;

import static dev.darkroom.http.Service.upload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.http.Service;
import dev.darkroom.image.EncodeOptions;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.file.ImageFormat;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of pictures that need nothing, with the checkpoints of the store and without any parameter. */
@QuarkusTest
class HarmlessTest {
    private static final int SIDE = 96;

    @BeforeEach
    void ready() {
        Service.awaitLoaded();
    }

    @ParameterizedTest
    @CsvSource({"denoise, 45", "deblur, 45", "dejpeg, 50", "dehaze, 40"})
    void aCleanSharpClearPhotographStaysAsItIs(String task, double decibels) throws IOException {
        for (String name : new String[] {"astronaut", "chelsea", "coffee"}) {
            byte[] file = Files.readAllBytes(Path.of("docs/photographs", name + ".png"));
            byte[] answer = ok(upload(file).post("/v1/" + task)).asByteArray();

            assertThat(Scenes.psnr(answer, Scenes.samples(file))).as(name).isGreaterThan(decibels);
        }
    }

    /** As cameras and the web make them, sent as they are. */
    @ParameterizedTest
    @ValueSource(ints = {90, 93, 95, 97, 99, 100})
    void aGoodJpegFileBecomesNoWorse(int quality) throws IOException {
        double gained = 0;
        String[] names = {"astronaut", "chelsea", "coffee"};
        for (String name : names) {
            byte[] clean = Files.readAllBytes(Path.of("docs/photographs", name + ".png"));
            byte[] file = jpeg(clean, quality);
            Response answer = ok(upload(file).post("/v1/dejpeg?format=png"));

            gained += Scenes.psnr(answer.asByteArray(), Scenes.samples(clean)) - Scenes.psnr(file, Scenes.samples(clean));
            assertThat(Double.parseDouble(answer.header("X-Darkroom-Kept"))).isBetween(0.0, quality < 99 ? 1.0 : 0.7);
        }
        assertThat(gained / names.length).isGreaterThan(-0.05);
    }

    /** A screenshot, a cut, a conversion: the file is gone, its traces are not. */
    @Test
    void aPngThatWasAJpegFileIsTreatedAsOneAndTheAnswerSaysSo() throws IOException {
        byte[] clean = Files.readAllBytes(Path.of("docs/photographs/coffee.png"));
        byte[] file = jpeg(clean, 60);
        byte[] png = Scenes.file(Pictures.decode(file).pixels(), ImageFormat.PNG);
        Response ofTheFile = ok(upload(file).post("/v1/dejpeg?format=png"));
        Response ofThePng = ok(upload(png).post("/v1/dejpeg"));

        assertThat(ofTheFile.header("X-Darkroom-Jpeg")).isEqualTo("60");
        assertThat(Integer.parseInt(ofThePng.header("X-Darkroom-Jpeg"))).isBetween(57, 63);
        assertThat(Double.parseDouble(ofThePng.header("X-Darkroom-Kept"))).isCloseTo(Double.parseDouble(ofTheFile.header("X-Darkroom-Kept")), within(0.05));
        assertThat(Scenes.psnr(ofThePng.asByteArray(), Scenes.samples(clean)))
                .isGreaterThan(Scenes.psnr(ofTheFile.asByteArray(), Scenes.samples(clean)) - 0.1);
    }

    /** As a messenger makes it small and an editor then good again. */
    @Test
    void aGoodFileOfABadOneIsTreatedAsTheBadOne() throws IOException {
        byte[] clean = Files.readAllBytes(Path.of("docs/photographs/coffee.png"));
        byte[] again = jpeg(Scenes.file(Pictures.decode(jpeg(clean, 50)).pixels(), ImageFormat.PNG), 96);
        Response answer = ok(upload(again).post("/v1/dejpeg?format=png"));

        assertThat(Integer.parseInt(answer.header("X-Darkroom-Jpeg"))).isBetween(46, 54);
        assertThat(Scenes.psnr(answer.asByteArray(), Scenes.samples(clean))).isGreaterThan(Scenes.psnr(again, Scenes.samples(clean)) + 0.5);
    }

    @Test
    void ofAPictureThatWasNoJpegFileNothingIsSaid() throws IOException {
        byte[] half = ok(upload(Files.readAllBytes(Path.of("docs/photographs/astronaut.png"))).post("/v1/dejpeg?strength=0&width=250&format=png")).asByteArray();

        assertThat(ok(upload(half).post("/v1/dejpeg")).header("X-Darkroom-Jpeg")).isNull();
    }

    /** A second step sees what the first has made, of which the file's tables say nothing. */
    @Test
    void onlyTheFirstOfSeveralStepsIsToldOfTheFile() throws IOException {
        byte[] file = jpeg(Files.readAllBytes(Path.of("docs/photographs/coffee.png")), 60);
        String steps = ok(upload(file).post("/v1/restore?steps=dejpeg,denoise")).header("X-Darkroom-Steps");

        assertThat(steps.substring(0, steps.indexOf(", denoise"))).contains(";jpeg=60");
        assertThat(steps.substring(steps.indexOf(", denoise"))).doesNotContain("jpeg=");
    }

    private static byte[] jpeg(byte[] png, int quality) {
        return Pictures.encode(Pictures.decode(png), new EncodeOptions(ImageFormat.JPEG, quality));
    }

    @Test
    void aSharpPhotographIsNotDeblurredAndTheAnswerSaysSo() throws IOException {
        byte[] file = Files.readAllBytes(Path.of("docs/photographs/coffee.png"));
        Response answer = ok(upload(file).post("/v1/deblur"));

        assertThat(answer.header("X-Darkroom-Shake")).isEqualTo("none");
        assertThat(Scenes.samples(answer.asByteArray())).isEqualTo(Scenes.samples(file));
    }

    @Test
    void whereNoiseCouldHideAShakeTheNetworkIsAskedAndTheAnswerSaysSo() {
        byte[] file = Scenes.file(Scenes.noisy(SIDE, SIDE, 3, 40), ImageFormat.PNG);
        Response answer = ok(upload(file).post("/v1/deblur"));

        assertThat(answer.header("X-Darkroom-Shake")).isEqualTo("unseen");
        assertThat(answer.header("Server-Timing")).contains("tiles;desc=\"1\"");
        assertThat(Scenes.samples(answer.asByteArray())).isNotEqualTo(Scenes.samples(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"denoise", "dejpeg", "dehaze", "super-resolve"})
    void grayStaysGrayAlthoughTheFileHasThreeChannels(String task) {
        byte[] answer = ok(upload(checkerboard()).post("/v1/" + task)).asByteArray();
        int[] samples = Scenes.samples(answer);

        try (Photo photo = Pictures.decode(answer)) {
            assertThat(photo.pixels().channels()).isEqualTo(3);
        }
        for (int i = 0; i < samples.length; i += 3) {
            assertThat(samples[i]).isEqualTo(samples[i + 1]).isEqualTo(samples[i + 2]);
        }
    }

    private static byte[] checkerboard() {
        ByteBuffer samples = Pictures.buffer(3L * SIDE * SIDE);
        for (int i = 0; i < SIDE * SIDE; i++) {
            byte level = (byte) ((i % SIDE + i / SIDE) % 2 == 0 ? 60 : 190);
            samples.put(level).put(level).put(level);
        }
        return Scenes.file(Pictures.raster(SIDE, SIDE, 3, 8, samples.flip()), ImageFormat.PNG);
    }

    private static Response ok(Response response) {
        assertThat(response.statusCode()).isEqualTo(200);
        return response;
    }
}
