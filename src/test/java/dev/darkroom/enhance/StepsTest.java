package dev.darkroom.enhance;

import static dev.darkroom.http.ProblemAssert.assertProblem;
import static dev.darkroom.http.Service.upload;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.darkroom.batching.DeadlineUnreachableException;
import dev.darkroom.http.Service;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.Raster;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.Metadata;
import dev.darkroom.model.ModelRequest;
import dev.darkroom.model.Task;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several tasks in one request are what they are one after another, without the files in between. */
@QuarkusTest
@TestProfile(SmallStore.class)
class StepsTest {
    @Inject
    Pipeline pipeline;

    @Inject
    MeterRegistry registry;

    @BeforeEach
    void ready() {
        Service.awaitLoaded();
    }

    @ParameterizedTest
    @CsvSource({"3, 8, false", "3, 16, true", "1, 8, true", "1, 16, false"})
    void giveWhatTheTasksGiveOneAfterAnother(int channels, int bits, boolean transparent) {
        Optional<Raster> alpha = transparent ? Optional.of(Pictures.smooth(97, 61, 1, bits, 8)) : Optional.empty();
        byte[] file = Pictures.encode(new Photo(Pictures.smooth(97, 61, channels, bits, 3), alpha, Metadata.NONE), ImageFormat.PNG);

        byte[] first = ok(upload(file).post("/v1/dejpeg?strength=0.5")).asByteArray();
        byte[] second = ok(upload(first).post("/v1/super-resolve?scale=2")).asByteArray();
        byte[] third = ok(upload(second).post("/v1/dehaze")).asByteArray();
        byte[] atOnce = ok(upload(file).post("/v1/restore?steps=dejpeg:strength=0.5,super-resolve:scale=2,dehaze")).asByteArray();

        assertThat(Scenes.samples(atOnce)).isEqualTo(Scenes.samples(third));
        try (Photo expected = Pictures.decode(third); Photo answer = Pictures.decode(atOnce)) {
            assertThat(answer.alpha().map(Pictures::samples).orElse(new int[0])).isEqualTo(expected.alpha().map(Pictures::samples).orElse(new int[0]));
            assertThat(answer.pixels().channels()).isEqualTo(channels);
        }
    }

    @Test
    void developAMosaicAndGoOn() {
        byte[] mosaic = Scenes.file(Pictures.smooth(64, 48, 1, 16, 3), ImageFormat.TIFF);
        byte[] developed = ok(upload(mosaic).post("/v1/demosaic?pattern=grbg&sigma=0")).asByteArray();
        Response atOnce = ok(upload(mosaic).post("/v1/restore?steps=demosaic:pattern=grbg:sigma=0,dehaze"));
        assertThat(atOnce.contentType()).isEqualTo("image/png");
        assertThat(Scenes.samples(atOnce.asByteArray())).isEqualTo(Scenes.samples(ok(upload(developed).post("/v1/dehaze")).asByteArray()));
    }

    @Test
    void saySomethingOfEachStepAndOnceWhatWasLost() {
        byte[] file = Pictures.encode(new Photo(Pictures.smooth(97, 61, 3, 16, 3), Optional.of(Pictures.smooth(97, 61, 1, 16, 8)), Metadata.NONE), ImageFormat.PNG);
        Response answer = ok(given().multiPart("image", "old.png", file).post("/v1/restore?steps=dejpeg&steps=super-resolve:model=baseline:scale=2&format=jpeg"));

        assertThat(answer.contentType()).isEqualTo("image/jpeg");
        assertThat(answer.header("X-Darkroom-Steps")).isEqualTo("dejpeg;model=\"dejpeg/baseline@1\", super-resolve;model=\"super-resolve/baseline@2\"");
        assertThat(answer.header("X-Darkroom-Model")).matches("dejpeg/baseline@1 sha256:[0-9a-f]{64}, super-resolve/baseline@2 sha256:[0-9a-f]{64}");
        assertThat(answer.header("X-Darkroom-Device")).isEqualTo("cpu float32");
        assertThat(answer.header("X-Darkroom-Changed")).isEqualTo("alpha, bit-depth, lossless");
        assertThat(answer.header("Content-Disposition")).isEqualTo("inline; filename=\"old-restore.jpg\"");
        assertThat(answer.header("Server-Timing")).matches("admit;dur=[^,]+, decode;dur=[^,]+, dejpeg-estimate;dur=[^,]+, dejpeg-queue;dur=[^,]+, "
                + "dejpeg-infer;dur=[^,]+, super-resolve-estimate;dur=[^,]+, super-resolve-queue;dur=[^,]+, super-resolve-infer;dur=[^,]+, encode;dur=[^,]+, "
                + "tiles;desc=\"\\d+\", batches;desc=\"\\d+\"");
    }

    @Test
    void areLetInOnce() {
        double before = admitted();
        ok(upload(Scenes.file(Pictures.smooth(100, 50, 3, 8, 1), ImageFormat.PNG)).post("/v1/restore?steps=dejpeg,dehaze,super-resolve:scale=2"));
        assertThat(admitted() - before).isEqualTo(5000);
    }

    private double admitted() {
        return registry.get("darkroom.admission").counter().count();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                      | 400 | invalid-parameter | Steps must name at least one task.
            ?steps=                                 | 400 | invalid-parameter | Steps must name at least one task.
            ?steps=dejpeg,dejpeg                    | 400 | invalid-parameter | there is dejpeg again
            ?steps=dejpeg,dehaze,dejpeg:strength=1  | 400 | invalid-parameter | there is dejpeg again
            ?steps=dejpeg,demosaic                  | 400 | invalid-parameter | Demosaic has to be the first step
            ?steps=dejpeg,sharpen                   | 400 | invalid-parameter | Steps names sharpen, but the tasks are denoise, super-resolve
            ?steps=dejpeg,score                     | 400 | invalid-parameter | Steps names score
            ?steps=dejpeg:quality=50                | 400 | invalid-parameter | dejpeg:quality, but a step takes model, sigma, scale, pattern, strength, wb, profile, exposure and tone
            ?steps=dejpeg:sigma=5                   | 400 | invalid-parameter | Steps: dejpeg: sigma is no parameter of dejpeg
            ?steps=super-resolve:scale=5            | 400 | invalid-parameter | Steps: super-resolve: scale must be from 1 to 4
            ?steps=super-resolve:scale=4000000000000 | 400 | invalid-parameter | Steps: super-resolve: scale must be
            ?steps=dejpeg:strength=1e999            | 400 | invalid-parameter | strength must be from 0 to 1
            ?steps=dejpeg:strength=nan              | 400 | invalid-parameter | strength must be a number
            ?steps=dejpeg:model=a/b                 | 400 | invalid-parameter | Steps is a list
            ?steps=dejpeg:model=a@b                 | 400 | invalid-parameter | Steps: dejpeg: a model is written
            ?steps=dejpeg&sigma=5                   | 400 | invalid-parameter | Sigma is no parameter of restore
            ?steps=dejpeg,dehaze:model=nosuch       | 404 | unknown-model     | dehaze/nosuch
            ?steps=dejpeg,denoise                   | 404 | unknown-model     | denoise
            ?steps=demosaic,dehaze                  | 422 | unfit-image       | colour
            """)
    void areRefusedBeforeAnythingIsDone(String query, int status, String type, String detail) {
        assertThat(assertProblem(upload(Scenes.smallPng()).post("/v1/restore" + query), status, type).getString("detail")).containsIgnoringCase(detail);
        // The upload goes at the request's end, which may come after the answer.
        await().untilAsserted(() -> assertThat(pipeline.admission().heldBytes()).isZero());
    }

    @Test
    void areNoMoreThanThereAreTasks() {
        assertProblem(upload(Scenes.smallPng()).post("/v1/restore?steps=" + "dejpeg,".repeat(40) + "dehaze"), 400, "invalid-parameter");
        assertProblem(upload(Scenes.smallPng()).post("/v1/restore?steps=" + "dejpeg,".repeat(400) + "dehaze"), 400, "invalid-parameter");
    }

    @Test
    void boundThePixelsOfTheAnswer() {
        byte[] file = Scenes.file(Pictures.smooth(400, 350, 3, 8, 1), ImageFormat.PNG);
        assertProblem(upload(file).post("/v1/restore?steps=super-resolve,dejpeg"), 422, "image-too-large");
    }

    @Test
    void stopInTheMiddleWhenNobodyWaitsAnyMore() {
        byte[] file = Scenes.file(Pictures.smooth(1400, 1300, 3, 8, 1), ImageFormat.PNG);
        var request = EnhanceRequest.of(StepRequest.of(Task.DEJPEG, new ModelRequest.Default()), StepRequest.of(Task.DEBLUR, new ModelRequest.Default()),
                StepRequest.of(Task.DEHAZE, new ModelRequest.Default()));
        Enhancement enhancement = pipeline.enhancer().enhance(ByteBuffer.wrap(file), request);
        int all = enhancement.progress().of();
        await().pollInterval(Duration.ofMillis(2)).until(() -> enhancement.progress().tiles() > all / 3);
        enhancement.cancel();

        assertThatThrownBy(enhancement.result().toCompletableFuture()::join).satisfiesAnyOf(
                failure -> assertThat(failure).isInstanceOf(CancellationException.class), failure -> assertThat(failure).hasCauseInstanceOf(CancellationException.class));
        assertThat(enhancement.progress().tiles()).isLessThan(all);
        assertThat(pipeline.admission().admittedPixels()).isZero();
        assertThat(pipeline.admission().queued()).isZero();
    }

    @Test
    void haveOneLimitOfTime() {
        ByteBuffer file = ByteBuffer.wrap(Scenes.file(Pictures.smooth(1400, 1300, 3, 8, 1), ImageFormat.PNG));
        var one = EnhanceRequest.of(Task.DEJPEG);
        var three = EnhanceRequest.of(StepRequest.of(Task.DEJPEG, new ModelRequest.Default()), StepRequest.of(Task.DEBLUR, new ModelRequest.Default()),
                StepRequest.of(Task.DEHAZE, new ModelRequest.Default()));
        assertThatThrownBy(() -> pipeline.enhancer().enhance(file, three, Duration.ofMillis(1))).isInstanceOf(DeadlineUnreachableException.class);
        assertThatThrownBy(() -> pipeline.enhancer().enhance(file, one.within(Duration.ofMillis(1)), Duration.ofHours(1)))
                .describedAs("the caller's own limit counts for a job too").isInstanceOf(DeadlineUnreachableException.class);
        assertThat(pipeline.admission().admittedPixels()).isZero();
    }

    private static Response ok(Response response) {
        assertThat(response.statusCode()).describedAs(() -> response.asString()).isEqualTo(200);
        return response;
    }
}
