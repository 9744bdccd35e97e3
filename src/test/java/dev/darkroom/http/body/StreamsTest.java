package dev.darkroom.http.body;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.batching.Admission;
import dev.darkroom.enhance.Scenes;
import dev.darkroom.enhance.SmallStore;
import dev.darkroom.http.Service;
import dev.darkroom.image.file.ImageFormat;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HTTP/2, frame by frame. */
@QuarkusTest
@TestProfile(StreamsTest.WithoutTls.class)
class StreamsTest {
    /** What a client takes that says nothing of windows. */
    private static final int FIRST_WINDOW = 65_535;
    private static final int LARGE = 1 << 24;

    @Inject
    Admission admission;

    @TestHTTPResource("/")
    URI service;

    /** As behind a proxy that speaks HTTP/2. */
    public static final class WithoutTls implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            var settings = new HashMap<>(new SmallStore().getConfigOverrides());
            settings.put("darkroom.http.clear-text-http2", "true");
            return settings;
        }
    }

    @BeforeEach
    void ready() {
        Service.awaitLoaded();
    }

    @Test
    void anAnswerOfSeveralWindowsArrivesWhole() throws Exception {
        try (var stream = new RawStream(service)) {
            stream.post("/v1/dejpeg?strength=0&compression=0", flat());
            assertThat(stream.read(FIRST_WINDOW)).isEqualTo(FIRST_WINDOW);

            stream.send(RawStream.windowUpdate(0, LARGE), RawStream.windowUpdate(1, LARGE));

            assertThat(FIRST_WINDOW + stream.read(Integer.MAX_VALUE)).isGreaterThan(3 * 600 * 400);
        }
    }

    /** The request ends with the error, and what it held is freed; the window that follows in the same packet asked for more of it. */
    @Test
    void nothingIsSentOfAnAnswerWhoseRequestHasEndedByAnErrorOfItsStream() throws Exception {
        for (int turn = 0; turn < 5; turn++) {
            try (var stream = new RawStream(service)) {
                stream.post("/v1/dejpeg?strength=0&compression=0", flat());
                assertThat(stream.read(FIRST_WINDOW)).isEqualTo(FIRST_WINDOW);

                stream.send(RawStream.windowUpdate(0, LARGE), RawStream.windowUpdate(1, 0), RawStream.windowUpdate(1, LARGE));

                // One piece may have been handed over before.
                assertThat(stream.readUntilQuiet()).isLessThanOrEqualTo(1 << 18);
            }
        }
        await().atMost(Service.PATIENCE).until(() -> admission.heldBytes() == 0);
        assertThat(given().get("/q/health/live").statusCode()).isEqualTo(200);
    }

    /** Of HTTP/2 nothing of what no window lets out is seen in the connection's buffers. */
    @Test
    void hangsUpOnWhoeverTakesNothingForHalfAMinute() throws Exception {
        try (var stream = RawStream.thatTakesNothing(service)) {
            long began = System.nanoTime();
            stream.post("/v1/dejpeg?strength=0", Scenes.smallPng());

            assertThat(stream.read(1)).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(Duration.ofSeconds(25), Duration.ofSeconds(50));
        }
        await().atMost(Service.PATIENCE).until(() -> admission.heldBytes() == 0);
    }

    private static byte[] flat() {
        return Scenes.file(Scenes.clean(600, 400, 3), ImageFormat.PNG);
    }
}
