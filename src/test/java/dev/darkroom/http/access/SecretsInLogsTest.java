package dev.darkroom.http.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.http.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log names callers; it never says what they know. */
@QuarkusTest
@TestProfile(GuardedService.class)
class SecretsInLogsTest {
    private static final Logger ROOT = Logger.getLogger("");

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Level before = ROOT.getLevel();
    private final Handler everything = new Handler() {
        private final PatternFormatter format = new PatternFormatter("%p %c %X %s%e");

        @Override
        public void publish(LogRecord line) {
            lines.add(format.format((org.jboss.logmanager.ExtLogRecord) line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        Service.awaitLoaded();
        everything.setLevel(Level.ALL);
        ROOT.addHandler(everything);
        ROOT.setLevel(Level.ALL);
    }

    @AfterEach
    void stop() {
        ROOT.setLevel(before);
        ROOT.removeHandler(everything);
    }

    @Test
    void namesTheTraceOfTheCaller() {
        given().header("X-API-Key", GuardedService.SCORE).header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .header("X-Request-Id", "traced").get("/v1/models");
        given().header("X-API-Key", GuardedService.SCORE).header("X-Request-Id", "untraced").get("/v1/models");

        await().untilAsserted(() -> {
            assertThat(lines).anyMatch(line -> line.contains("caller=scorer") && line.contains("requestId=traced")
                    && line.contains("traceId=4bf92f3577b34da6a3ce929d0e0e4736"));
            assertThat(lines).anyMatch(line -> line.contains("requestId=untraced") && !line.contains("traceId"));
        });
    }

    @Test
    void namesTheOwnerOfAKeyAndNeverTheKey() {
        String unknown = ApiKey.secret();
        String token = GuardedService.ISSUER.token("score");
        List<String> secrets = List.of(GuardedService.SCORE, unknown, token);

        for (String secret : secrets) {
            given().header("X-API-Key", secret).get("/v1/models");
            given().header("Authorization", "Bearer " + secret).post("/v1/models/reload");
            given().header("Authorization", secret).get("/v1/models");
            given().queryParam("key", secret).get("/v1/models");
        }

        await().untilAsserted(() -> assertThat(lines).filteredOn(line -> line.contains("dev.darkroom.access")).hasSize(4 * secrets.size()));
        assertThat(lines).anyMatch(line -> line.contains("GET /v1/models 200") && line.endsWith("scorer"));
        assertThat(lines).anyMatch(line -> line.contains("POST /v1/models/reload 403") && line.endsWith("carol"));
        assertThat(lines).filteredOn(line -> line.contains("dev.darkroom"))
                .noneMatch(line -> secrets.stream().anyMatch(secret -> line.contains(secret) || line.contains(secret.substring(secret.length() - 20))));
        assertThat(lines).filteredOn(line -> !line.startsWith("TRACE") && !line.startsWith("DEBUG"))
                .noneMatch(line -> secrets.stream().anyMatch(line::contains));
    }
}
