package dev.darkroom.http.body;

import static dev.darkroom.http.ProblemAssert.assertProblem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.http.Service;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that no client library sends, each on a connection of its own. */
@QuarkusTest
@TestProfile(HostileClients.class)
class OddConnectionsTest {
    @TestHTTPResource("/")
    URI service;

    @BeforeEach
    void ready() {
        Service.awaitLoaded();
    }

    @Test
    void anAddressThatCannotBeReadIsABadRequestAndTheConnectionGoesOn() throws IOException {
        try (RawClient client = RawClient.of(service).sends("GET /% HTTP/1.1\r\nHost: localhost\r\n\r\n"
                + "GET /\u0007%zz HTTP/1.1\r\nHost: localhost\r\n\r\nGET /v1/metrics-catalog HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) {
            assertThat(client.statuses()).containsExactly(400, 400, 200);
        }
    }

    /** What comes behind a request that is being answered is kept: as much as one cared to send, in the heap. */
    @Test
    void hangsUpOnWhoeverSendsRequestAfterRequestAndReadsNoAnswer() throws IOException {
        String request = "GET /q/openapi HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "a".repeat(15_000) + "\r\n\r\n";
        try (RawClient client = RawClient.thatReadsLittle(service)) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
                for (int i = 0; i < 20_000; i++) {
                    client.sends(request);
                }
            });
        }
        assertThat(given().get("/q/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void hangsUpOnWhatCannotBeReadBehindARequestThatIsBeingAnswered() throws IOException {
        try (RawClient client = RawClient.of(service).sends("GET /v1/models HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\n\r\n"
                + "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n")) {
            assertThat(client.statuses()).hasSizeLessThanOrEqualTo(2).doesNotContain(500);
        }
    }

    @Test
    void callsAFormWithoutABoundaryMalformed() {
        for (String address : new String[] {"/v1/dejpeg", "/v1/score", "/v1/compare/dejpeg"}) {
            assertProblem(typed("multipart/form-data; boundary=").body("x").post(address), 400, "malformed-form");
        }
    }

    private static RequestSpecification typed(String contentType) {
        return given().config(RestAssured.config().encoderConfig(EncoderConfig.encoderConfig().encodeContentTypeAs(contentType.split(";")[0], ContentType.TEXT)
                .appendDefaultContentCharsetToContentTypeIfUndefined(false))).header("Content-Type", contentType);
    }

    @Test
    void takesAContentTypeOfManySemicolonsAtOnce() {
        assertThat(typed("image/png" + ";".repeat(15_000)).body("x").post("/v1/dejpeg").statusCode()).isEqualTo(415);
    }

    /** As a proxy sends them that keeps its connections. */
    @Test
    void tellsOfHeadersThatAreTooLongAlsoOnAConnectionThatHasServed() throws Exception {
        try (RawClient client = RawClient.of(service).sends("GET /v1/metrics-catalog HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            assertThat(client.status()).isEqualTo(200);
            TimeUnit.MILLISECONDS.sleep(200);
            client.sends("GET /v1/models HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "a".repeat(60_000) + "\r\n\r\n");
            assertThat(client.statuses()).contains(431);
        }
    }

    @Test
    void takesAnyNumberOfRequestsThatComeOneAfterAnother() throws Exception {
        var oneConnection = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        for (int i = 0; i < 200; i++) {
            var request = HttpRequest.newBuilder(service.resolve(i % 2 == 0 ? "/v1/metrics-catalog" : "/q/health/live")).build();
            assertThat(oneConnection.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
        }
    }
}
