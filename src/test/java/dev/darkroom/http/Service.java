package dev.darkroom.http;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;

/** The running service as its clients see it. */
public final class Service {
    public static final Duration PATIENCE = Duration.ofMinutes(10);

    private Service() {}

    /** Waits until every checkpoint has been tried. */
    public static void awaitLoaded() {
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofSeconds(1)).until(() -> given().get("/q/health/started").statusCode() == 200);
    }

    /** A request whose body is an image file; the service does not mind the type's name. */
    public static RequestSpecification upload(byte[] file) {
        return given().contentType("application/octet-stream").body(file);
    }

    public static Response denoise(byte[] file) {
        return upload(file).post("/v1/denoise");
    }
}
