package dev.darkroom.http.body;

import static dev.darkroom.http.ProblemAssert.assertProblem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.batching.Admission;
import dev.darkroom.enhance.Scenes;
import dev.darkroom.http.Service;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.file.ImageFormat;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients did to the service on 2026-11-29, and do no more. */
@QuarkusTest
@TestProfile(HostileClients.class)
class HostileClientsTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(5);
    private static final long ANNOUNCED = 128L << 20;
    /** Noise at full size, whose PNG is as large as its pixels. */
    private static final byte[] NOISE = noise();

    @Inject
    Admission admission;

    @Inject
    Arrivals arrivals;

    @Inject
    MeterRegistry meters;

    @TestHTTPResource("/")
    URI service;

    private final List<RawClient> clients = new ArrayList<>();

    @BeforeEach
    void ready() {
        Service.awaitLoaded();
    }

    @AfterEach
    void leave() throws Exception {
        for (RawClient client : clients) {
            client.close();
        }
        await().atMost(Service.PATIENCE).untilAsserted(() -> {
            assertThat(admission.heldBytes()).isZero();
            assertThat(arrivals.count()).isZero();
        });
    }

    @Test
    void servesEveryoneWhileMoreUploadsTrickleInThanItHasThreads() throws Exception {
        for (int i = 0; i < 3 * HostileClients.THREADS; i++) {
            add(RawClient.of(service).announces("/v1/dejpeg", 1000).sends("x"));
        }
        await().atMost(AT_ONCE).until(() -> arrivals.count() == 3 * HostileClients.THREADS);

        assertServes();
    }

    @Test
    void givesUpAnUploadThatDoesNotCome() throws Exception {
        RawClient slow = add(RawClient.of(service).announces("/v1/dejpeg", 1000).sends("x"));

        assertThat(slow.status()).isEqualTo(408);
    }

    /** A telephone with little reception. */
    @Test
    void countsTheTimeThatACallerWaitsFromTheLastByteOfTheUpload() throws Exception {
        byte[] picture = Scenes.smallPng();
        RawClient slow = add(RawClient.of(service).announces("/v1/dejpeg?timeout=2000", picture.length).sends(Arrays.copyOf(picture, 100)));
        TimeUnit.MILLISECONDS.sleep(2200);

        assertThat(slow.sends(Arrays.copyOfRange(picture, 100, picture.length)).status()).isEqualTo(200);
    }

    @Test
    void reservesNothingForWhatIsOnlyAnnounced() throws Exception {
        for (int i = 0; i < 14; i++) {
            add(RawClient.of(service).announces("/v1/dejpeg", ANNOUNCED));
        }
        await().atMost(AT_ONCE).until(() -> arrivals.count() == 14);

        assertThat(admission.heldBytes()).isZero();
        assertServes();
    }

    @Test
    void letsOneCallerHaveOnlySoManyUnfinishedUploads() throws Exception {
        for (int i = 0; i < HostileClients.UPLOADS_OF_A_CALLER; i++) {
            add(RawClient.of(service).announces("/v1/dejpeg", 1000));
        }
        await().atMost(AT_ONCE).until(() -> arrivals.count() == HostileClients.UPLOADS_OF_A_CALLER);

        assertThat(add(RawClient.of(service).announces("/v1/dejpeg", 1000)).status()).isEqualTo(429);
        RawClient another = add(RawClient.from("127.0.0.2", service).announces("/v1/dejpeg", NOISE.length).sends(NOISE));
        assertThat(another.status()).isEqualTo(200);
    }

    @Test
    void closesWhatOneAddressOpensBeyondItsShare() throws Exception {
        for (int i = 0; i < HostileClients.CONNECTIONS_OF_AN_ADDRESS; i++) {
            add(RawClient.from("127.0.0.3", service));
        }
        TimeUnit.SECONDS.sleep(2); // they are looked at every second
        RawClient oneMore = add(RawClient.from("127.0.0.3", service));

        assertThat(oneMore.isHungUpOn()).isTrue();
        assertServes();
    }

    @Test
    void refusesAFormThatGrowsTooLargeWhileItArrives() throws Exception {
        RawClient form = add(RawClient.of(service).sends("POST /v1/dejpeg HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
                + "Content-Type: multipart/form-data; boundary=b\r\n\r\n"));
        form.sends(chunk("--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\"\r\n\r\n".getBytes()));
        byte[] piece = chunk(new byte[4 << 20]);
        for (int i = 0; i < 33; i++) {
            form.sends(piece);
        }

        assertThat(form.status()).isEqualTo(413); // and nobody has ended the form
    }

    /** Until the last byte has been sent, an answer is on the books; whoever does not take it is hung up on. */
    @Test
    void keepsAnAnswerOnTheBooksUntilItsClientIsGivenUp() throws Exception {
        int answer = Service.upload(NOISE).post("/v1/dejpeg?strength=0").asByteArray().length;
        assertThat(answer).describedAs("more than the system takes for a connection").isGreaterThan(5 << 20);
        for (int i = 0; i < 3; i++) {
            add(RawClient.thatReadsLittle(service).announces("/v1/dejpeg?strength=0", NOISE.length).sends(NOISE));
        }
        await().atMost(Service.PATIENCE).until(() -> admission.admittedPixels() == 0 && admission.heldBytes() == 3L * answer);

        await().atMost(Duration.ofSeconds(30)).until(() -> admission.heldBytes() == 0);
    }

    /** Answers that are not read wait in the system's buffers, and the requests after them unanswered. */
    @Test
    void answersNoFurtherRequestsOfWhoeverReadsNoAnswer() throws Exception {
        double before = requests("200");
        add(RawClient.thatReadsLittle(service).sends("GET /v1/metrics-catalog HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(2000)));

        TimeUnit.SECONDS.sleep(5);
        assertThat(requests("200") - before).isLessThan(1000);
        assertServes();
    }

    @Test
    void sendsAWholeAnswerToWhoeverTakesIt() {
        byte[] answer = Service.upload(NOISE).post("/v1/dejpeg").asByteArray();

        assertThat(Pictures.probe(answer).width()).isEqualTo(1400);
    }

    @Test
    void callsWhoHangsUpHalfwayNoFaultOfItsOwn() throws Exception {
        double faults = requests("500");
        double gone = requests("499");
        for (int i = 0; i < 3; i++) {
            try (RawClient client = RawClient.of(service).announces("/v1/dejpeg", 1000).sends("half")) {
                await().atMost(AT_ONCE).until(() -> arrivals.count() == 1);
            }
            await().atMost(AT_ONCE).until(() -> arrivals.count() == 0);
        }

        await().atMost(AT_ONCE).untilAsserted(() -> assertThat(requests("499")).isEqualTo(gone + 3));
        assertThat(requests("500")).isEqualTo(faults);
        assertThat(meters.find("http.server.requests").tag("status", "RESET").timers()).isEmpty();
    }

    /** The event loop hears of it while a worker is at the form, whose memory went with the request once, and the process with that. */
    @Test
    void outlivesClientsThatHangUpWhileTheirFormIsRead() throws Exception {
        byte[] part = new byte[48 << 20];
        Arrays.fill(part, (byte) '\r'); // the parser stops at each
        byte[] form = Pictures.join("--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\"\r\n\r\n".getBytes(), part);
        double gone = requests("499");
        for (int i = 0; i < 10; i++) {
            try (RawClient client = RawClient.of(service).sends("POST /v1/score HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + form.length + "\r\n"
                    + "Content-Type: multipart/form-data; boundary=b\r\n\r\n")) {
                client.sends(form);
                TimeUnit.MILLISECONDS.sleep(5L * i);
            }
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> arrivals.count() == 0 && admission.heldBytes() == 0);
        assertThat(requests("499")).isGreaterThan(gone);
        assertServes();
    }

    @Test
    void countsWhatClientsMakeUpTogether() throws Exception {
        var oneConnection = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(); // an address may not have so many
        for (int i = 0; i < 120; i++) {
            oneConnection.send(HttpRequest.newBuilder(service.resolve("/v1/x" + i + "/y")).build(), BodyHandlers.discarding());
        }
        for (int i = 0; i < 30; i++) {
            try (RawClient client = RawClient.from("127.0.0.4", service).sends("FOO" + i + " /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
                assertThat(client.status()).isEqualTo(405);
            }
        }
        given().get("/v1/metrics-catalog");

        assertThat(meters.find("http.server.requests").timers()).hasSizeLessThan(30);
        assertThat(meters.find("http.server.requests").tag("method", "OTHER").timers()).isNotEmpty();
        await().atMost(AT_ONCE).until(() -> meters.find("http.server.requests").tag("uri", "/v1/metrics-catalog").timer() != null);
    }

    @Test
    void answersPagesOfItsOwnAlone() {
        assertProblem(given().header("Host", "evil.example:8080").get("/v1/models"), 403, "foreign-page");
        assertProblem(given().header("Origin", "https://evil.example").contentType("text/plain").body("x").post("/v1/dejpeg"), 403, "foreign-page");
        assertProblem(given().header("Origin", "null").body("x").post("/v1/dejpeg"), 403, "foreign-page");
        assertProblem(given().header("Sec-Fetch-Site", "cross-site").body("x").post("/v1/dejpeg"), 403, "foreign-page");
        assertProblem(given().header("Origin", "http://localhost:1").body("x").post("/v1/dejpeg"), 403, "foreign-page");

        String own = "http://localhost:" + service.getPort();
        assertProblem(given().header("Origin", own).header("Sec-Fetch-Site", "same-origin").body("x").post("/v1/dejpeg"), 415, "unsupported-image");
        assertThat(given().header("Origin", "https://evil.example").get("/v1/models").statusCode()).describedAs("its script cannot read it").isEqualTo(200);
    }

    @Test
    void answersAnUploadThatExpects100AndWouldLikeHttp2() throws Exception {
        RawClient curl = add(RawClient.of(service).sends("POST /v1/dejpeg HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                + "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\nContent-Length: " + NOISE.length + "\r\nExpect: 100-continue\r\n\r\n"));

        assertThat(curl.status()).isEqualTo(100);
        assertThat(curl.sends(NOISE).status()).isIn(-1, 200); // the empty line of the 100 first
    }

    private void assertServes() throws Exception {
        var answers = CompletableFuture.supplyAsync(() -> List.of(given().get("/q/health/ready").statusCode(), given().get("/q/health/live").statusCode(),
                given().get("/q/metrics").statusCode(), given().get("/v1/models").statusCode(), Service.upload(Scenes.smallPng()).post("/v1/dejpeg").statusCode()));
        assertThat(answers.get(AT_ONCE.toSeconds(), TimeUnit.SECONDS)).containsOnly(200);
    }

    private double requests(String status) {
        return meters.find("http.server.requests").tag("status", status).timers().stream().mapToDouble(timer -> timer.count()).sum();
    }

    private RawClient add(RawClient client) {
        clients.add(client);
        return client;
    }

    private static byte[] chunk(byte[] bytes) {
        return Pictures.join(Pictures.join((Integer.toHexString(bytes.length) + "\r\n").getBytes(), bytes), "\r\n".getBytes());
    }

    private static byte[] noise() {
        var samples = Pictures.buffer(1400 * 1400 * 3);
        byte[] noise = new byte[samples.capacity()];
        new Random(1).nextBytes(noise);
        return Scenes.file(Pictures.raster(1400, 1400, 3, 8, samples.put(noise).flip()), ImageFormat.PNG);
    }
}
