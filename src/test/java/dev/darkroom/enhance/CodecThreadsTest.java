package dev.darkroom.enhance;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.http.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CodecThreadsTest {
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
        assertThat(codecs().getQueue()).hasSize(1);
        assertThat(pipeline.engine().queueDepth()).isZero();

        done.countDown();
        assertThat(upload.get(Service.PATIENCE.toSeconds(), TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    private void occupyEveryThread() throws InterruptedException {
        var busy = new CountDownLatch(codecs().getMaximumPoolSize());
        for (int i = 0; i < codecs().getMaximumPoolSize(); i++) {
            codecs().execute(() -> {
                busy.countDown();
                try {
                    done.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        busy.await();
    }

    private ThreadPoolExecutor codecs() {
        return (ThreadPoolExecutor) pipeline.enhancer().codecs();
    }
}
