package dev.darkroom.enhance;

import static dev.darkroom.http.Service.upload;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.http.Service;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.model.CheckpointId;
import dev.darkroom.model.Manifest;
import dev.darkroom.model.Task;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Versions come and go while pictures are being restored, and no request notices. */
@QuarkusTest
@TestProfile(SmallStore.class)
class ReloadUnderLoadTest {
    private static final int CLIENTS = 4;
    private static final int NEWEST = 5;

    @ConfigProperty(name = "darkroom.model-store")
    Path store;

    private final byte[] picture = Scenes.file(Scenes.noisy(301, 199, 3, 10), ImageFormat.PNG);
    private final Queue<Response> answers = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean enough = new AtomicBoolean();
    private final CountDownLatch flowing = new CountDownLatch(CLIENTS);

    @BeforeEach
    void loaded() {
        Service.awaitLoaded();
    }

    @Test
    void everyRequestIsAnsweredRightlyByAVersionThatWasServing() throws Exception {
        byte[] expected = deblur().asByteArray();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            var loads = Stream.generate(() -> clients.submit(this::load)).limit(CLIENTS).toList();
            assertThat(flowing.await(1, TimeUnit.MINUTES)).isTrue();
            for (int version = 2; version <= NEWEST; version++) {
                publish(version);
                retire(version - 1);
            }
            enough.set(true);
            for (Future<?> load : loads) {
                load.get(1, TimeUnit.MINUTES);
            }
        } finally {
            clients.shutdownNow();
        }

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(Scenes.largestDifference(answer.asByteArray(), expected)).isZero();
        });
        assertThat(answers.stream().map(answer -> answer.header("X-Darkroom-Model").split(" ")[0]).collect(Collectors.toSet()))
                .hasSizeGreaterThan(1).allMatch(model -> model.matches("deblur/baseline@[1-%d]".formatted(NEWEST)));
        assertThat(deblur().header("X-Darkroom-Model")).startsWith("deblur/baseline@" + NEWEST + " ");
    }

    private void load() {
        do {
            answers.add(deblur());
            flowing.countDown();
        } while (!enough.get());
    }

    private Response deblur() {
        return upload(picture).post("/v1/deblur?model=baseline");
    }

    private void publish(int version) throws IOException {
        Path copy = SmallStore.copy(versions().resolve(Integer.toString(version - 1)), versions().resolve(version + ".tmp"));
        Manifest manifest = Manifest.read(new CheckpointId(Task.DEBLUR, "baseline", version - 1), copy.resolve("manifest.json"));
        manifest.describing(version, manifest.sha256()).write(copy.resolve("manifest.json"));
        Files.move(copy, versions().resolve(Integer.toString(version)));
        reload();
    }

    private void retire(int version) throws IOException {
        Files.move(versions().resolve(Integer.toString(version)), versions().resolve(version + ".retired.tmp"));
        reload();
    }

    private void reload() {
        assertThat(given().post("/v1/models/reload").statusCode()).isEqualTo(200);
    }

    private Path versions() {
        return store.resolve("deblur/baseline");
    }
}
