package dev.darkroom.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SecurityHeadersTest {

    @ParameterizedTest
    @ValueSource(strings = {"/v1/models", "/v1/nothing", "/q/openapi", "/q/swagger-ui/", "/q/health/live", "/nothing", "/", "/page/main.js"})
    void tellsBrowsersWhatNotToDo(String address) {
        Response response = given().get(address);
        assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(response.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(response.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(response.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
        assertThat(response.header("Strict-Transport-Security")).describedAs("without TLS").isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/models", "/v1/models/reload", "/v1/denoise"})
    void letsNobodyKeepAnAnswerNorRunAnythingInIt(String address) {
        Response response = given().contentType("application/octet-stream").body(new byte[] {1}).post(address);
        assertThat(response.header("Cache-Control")).isEqualTo("no-store");
        assertThat(response.header("Content-Security-Policy")).startsWith("default-src 'none'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/page/main.js", "/page/style.css"})
    void runsOnlyTheScriptsOfItsOwnFilesInThePage(String address) {
        Response response = given().get(address);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.header("Content-Security-Policy")).startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
                .doesNotContain("unsafe-inline", "data:", "http");
        assertThat(response.asString()).doesNotContain("https://", "http://");
    }

    @Test
    void doesNotSayWhatServerThisIs() {
        assertThat(given().get("/v1/models").headers().asList()).extracting(header -> header.getName().toLowerCase())
                .doesNotContain("server", "x-powered-by");
    }
}
