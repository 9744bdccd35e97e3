package dev.darkroom.enhance;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.batching.Deadline;
import dev.darkroom.cores.Share;
import dev.darkroom.http.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CodecThreadsTest {
    /** A tenth of a second is promised; what more there is belongs to machines that do something else as well. */
    private static final long MOST_LATE_MILLIS = 1500;

    @Inject
    Pipeline pipeline;

    private final CountDownLatch done = new CountDownLatch(1);

    @BeforeEach
    void ready() {
        Service.awaitLoaded();
    }

    @AfterEach
    void release() {
        done.countDown();
    }

    @Test
    void whileEveryCodecThreadIsBusyUploadsWaitAndTheServerAnswers() throws Exception {
        occupyEveryThread();

        CompletableFuture<Response> upload = CompletableFuture.supplyAsync(() -> Service.denoise(Scenes.smallPng()));
        await().atMost(Service.PATIENCE).until(() -> pipeline.admission().admittedPixels() > 0);

        given().get("/q/health/live").then().statusCode(200);
        given().get("/v1/models").then().statusCode(200);
        assertThat(upload).isNotDone();
        assertThat(pipeline.enhancer().cores().waiting()).isEqualTo(1);
        assertThat(pipeline.engine().queueDepth()).isZero();

        done.countDown();
        assertThat(upload.get(Service.PATIENCE.toSeconds(), TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void aRequestIsAnsweredAtItsTimeoutThoughNoThreadIsFreeToGiveItUp() throws Exception {
        occupyEveryThread();

        Response late = given().body(Scenes.smallPng()).post("/v1/denoise?timeout=1000");

        assertThat(late.statusCode()).isEqualTo(504);
        assertThat(done.getCount()).as("the threads are still busy").isEqualTo(1);
        assertThat(late.time()).isBetween(1000L, 1000L + MOST_LATE_MILLIS);
    }

    private void occupyEveryThread() throws InterruptedException {
        int threads = pipeline.enhancer().settings().codecThreads();
        var busy = new CountDownLatch(threads);
        Share share = pipeline.enhancer().cores().share(Deadline.in(Service.PATIENCE), false);
        for (int i = 0; i < threads; i++) {
            share.expecting(Duration.ofMillis(1), Duration.ZERO).execute(() -> {
                busy.countDown();
                awaitDone();
            });
        }
        busy.await();
    }

    private void awaitDone() {
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
