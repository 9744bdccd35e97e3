package dev.darkroom.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What probes and operators call inside a container, against a service that answers what the test says. */
class ImageScriptsTest {
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private HttpServer service;
    private volatile int status;
    private volatile String answer;

    @BeforeEach
    void listen() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("X-API-Key"));
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        service.start();
    }

    @AfterEach
    void close() {
        service.stop(0);
    }

    @Test
    void isHealthyAsLongAsTheServiceSaysSo() throws Exception {
        answers(200, devices("working", "lost"));
        assertThat(run("docker/healthy").exit()).isZero();
        answers(503, devices("working", "stuck"));
        assertThat(run("docker/healthy").exit()).isNotZero();
    }

    @Test
    void isNotHealthyWithoutAService() throws Exception {
        service.stop(0);
        assertThat(run("docker/healthy").exit()).isNotZero();
    }

    @Test
    void reloadsWithTheKeyOfItsInputAndSaysWhatCameOfIt() throws Exception {
        answers(200, "{\"loading\":[\"denoise/pdl@2\"]}");
        assertThat(run("docker/reload")).isEqualTo(new Ended(0, "{\"loading\":[\"denoise/pdl@2\"]}"));
        assertThat(requests.take()).isEqualTo("POST /v1/models/reload dk_secret");
    }

    @Test
    void failsIfTheServiceDoesNotReload() throws Exception {
        answers(403, "{\"title\":\"forbidden\"}");
        assertThat(run("docker/reload").exit()).isNotZero();
    }

    private void answers(int status, String answer) {
        this.status = status;
        this.answer = answer;
    }

    private static String devices(String first, String second) {
        return "{\"checks\":[{\"data\":{\"cuda:0\": \"%s\", \"cuda:1\": \"%s\"}}]}".formatted(first, second);
    }

    private record Ended(int exit, String said) {}

    private Ended run(String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(Stream.concat(Stream.of("bash"), List.of(command).stream()).toList()).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(service.getAddress().getPort()));
        Process process = builder.start();
        try (var input = process.outputWriter()) {
            input.write("dk_secret\n");
        } catch (IOException e) {
            // It does not read its input.
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }
}
