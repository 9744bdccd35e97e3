package dev.darkroom.load;

import static io.gatling.javaapi.core.CoreDsl.ByteArrayBody;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.io.File;

/** One caller sends one picture and writes down what became of it. */
final class Requests {
    private static final String KIND = "kind";
    private static final String SENT_AT = "sentAt";
    private static final String STATUS = "status";
    private static final String RETRY_AFTER = "retryAfter";

    private final Mix mix = Mix.of(new Pictures(new File(System.getProperty("photographs"))), Long.getLong("seed", 1), System.getProperty("only", ""));
    private final Recorder recorder = new Recorder();

    Mix mix() {
        return mix;
    }

    Recorder recorder() {
        return recorder;
    }

    static HttpProtocolBuilder service() {
        HttpProtocolBuilder service = http.baseUrl(url()).shareConnections();
        String key = System.getProperty("key", "");
        return key.isEmpty() ? service : service.header("X-API-Key", key);
    }

    static String url() {
        return System.getProperty("url", "http://localhost:8080");
    }

    ScenarioBuilder caller(String name) {
        return scenario(name).exec(once());
    }

    private ChainBuilder once() {
        return exec(session -> session.set(KIND, mix.next()).set(SENT_AT, recorder.now()))
                .exec(http(session -> kind(session).name()).post(session -> kind(session).path())
                        .header("Content-Type", "application/octet-stream")
                        .body(ByteArrayBody(session -> kind(session).upload()))
                        .check(status().in(200, 429, 503, 504).saveAs(STATUS), header("Retry-After").optional().saveAs(RETRY_AFTER)))
                .exec(this::recorded);
    }

    private static Mix.Kind kind(Session session) {
        return session.get(KIND);
    }

    private Session recorded(Session session) {
        double sentAt = session.getDouble(SENT_AT);
        int status = session.contains(STATUS) ? session.getInt(STATUS) : 0;
        recorder.add(new Recorder.Answer(kind(session), sentAt, recorder.now() - sentAt, status, session.contains(RETRY_AFTER)));
        return session;
    }
}
