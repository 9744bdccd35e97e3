package dev.darkroom.ops;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import dev.darkroom.enhance.Pipeline;
import dev.darkroom.enhance.Scenes;
import dev.darkroom.http.Service;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.inference.DeviceHook;
import dev.darkroom.inference.DeviceStatus;
import dev.darkroom.model.Precision;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything goes wrong at once, over HTTP: each request ends in the right image or the right problem, and none hangs. */
@QuarkusTest
class FaultCampaignTest {
    private static final int REQUESTS = 120;
    private static final int[][] SIZES = {{64, 64}, {96, 64}, {200, 120}, {300, 280}};
    /** Batches of other tiles run in another order of summation: a rounding's difference. */
    private static final int ROUNDING = 1;

    @Inject
    InjectedFaults faults;

    @Inject
    Pipeline pipeline;

    @TestHTTPResource("/v1/denoise?sigma=25")
    URI denoise;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<byte[]> uploads = new ArrayList<>();
    private final List<byte[]> expected = new ArrayList<>();

    @BeforeEach
    void knowTheRightImages() throws Exception {
        Service.awaitLoaded();
        for (int[] size : SIZES) {
            byte[] upload = Scenes.file(Scenes.noisy(size[0], size[1], 3, 25), ImageFormat.PNG);
            uploads.add(upload);
            expected.add(client.send(request(upload, ""), BodyHandlers.ofByteArray()).body());
        }
    }

    @AfterEach
    void heal() {
        faults.inject(DeviceHook.none());
    }

    @Test
    void everyRequestEndsInTheRightImageOrTheRightProblem() throws Exception {
        faults.inject(new Chaos());
        var random = new Random(7);
        List<Integer> which = IntStream.range(0, REQUESTS).mapToObj(i -> random.nextInt(SIZES.length)).toList();
        List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            String timeout = i % 10 == 0 ? "&timeout=150" : "";
            answers.add(client.sendAsync(request(uploads.get(which.get(i)), timeout), BodyHandlers.ofByteArray()));
            if (i % 8 == 0) {
                leave(uploads.get(3));
            }
        }

        Map<Integer, Integer> statuses = new TreeMap<>();
        for (int i = 0; i < REQUESTS; i++) {
            HttpResponse<byte[]> answer = answers.get(i).get(3, TimeUnit.MINUTES);
            statuses.merge(answer.statusCode(), 1, Integer::sum);
            if (answer.statusCode() == 200) {
                assertThat(Scenes.largestDifference(answer.body(), expected.get(which.get(i)))).isLessThanOrEqualTo(ROUNDING);
            } else {
                assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
                assertThat(answer.statusCode()).isIn(429, 500, 504);
            }
        }
        assertThat(statuses.get(200)).as("%s", statuses).isGreaterThan(REQUESTS / 2);
        await().atMost(Service.PATIENCE).until(() -> pipeline.admission().heldBytes() == 0);
        assertThat(pipeline.admission().admittedPixels()).isZero();
        assertThat(pipeline.engine().devices()).extracting(DeviceStatus::state).containsOnly(DeviceStatus.State.WORKING);
        assertThat(given().get("/q/health/live").statusCode()).isEqualTo(200);
        heal();
        assertThat(Scenes.largestDifference(Service.upload(uploads.get(0)).post(denoise).asByteArray(), expected.get(0)))
                .isLessThanOrEqualTo(ROUNDING);
    }

    /** Seeded, so that it is the same campaign every time, as far as threads allow. */
    private static final class Chaos implements DeviceHook {
        private final Random random = new Random(3);

        @Override
        public synchronized NDArray forward(String device, Precision precision, NDArray x, Supplier<NDArray> network) {
            long tiles = x.getShape().get(0);
            boolean probe = x.getShape().get(2) < 64;
            int luck = probe ? 99 : random.nextInt(100);
            if (luck < 5 && tiles > 1 || luck < 3) {
                throw new EngineException("CUDA out of memory. Tried to allocate 2.00 GiB");
            }
            if (luck < 10) {
                throw new EngineException("the driver hiccups");
            }
            if (luck < 13) {
                throw new AssertionError("the worker dies");
            }
            if (luck < 18) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(150)); // a slow device
            }
            return luck < 25 && precision != Precision.FLOAT32 ? network.get().mul(Float.NaN) : network.get();
        }
    }

    /** A client that sends its picture and does not wait for the answer. */
    private void leave(byte[] file) throws Exception {
        try (var gone = new Socket(denoise.getHost(), denoise.getPort())) {
            gone.getOutputStream().write(("POST /v1/denoise HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + file.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            gone.getOutputStream().write(file);
        }
    }

    private HttpRequest request(byte[] file, String more) {
        return HttpRequest.newBuilder(URI.create(denoise + more)).version(HttpClient.Version.HTTP_1_1)
                .POST(BodyPublishers.ofByteArray(file)).build();
    }
}
