package dev.darkroom.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.enhance.Scenes;
import dev.darkroom.enhance.SmallStore;
import dev.darkroom.http.Service;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged service with a heap of half a gigabyte. */
class LargeUploadsIT {
    private static final Path LOG = Path.of("target/large-uploads.log");
    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:(\\d+)");
    private static final long LARGE = 100_000_000;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Process process;
    private URI service;

    @BeforeEach
    void start() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        process = new ProcessBuilder(java.toString(), "-Xmx512m", "-XX:MaxDirectMemorySize=256m", "-Ddarkroom.limits.queue-memory=1800M",
                "-Dquarkus.http.port=0", "-Ddarkroom.access.anonymous=enhance", "-Ddarkroom.model-store=" + SmallStore.copy(),
                "-jar", "target/quarkus-app/quarkus-run.jar").redirectErrorStream(true).redirectOutput(LOG.toFile()).start();
        service = URI.create("http://127.0.0.1:" + await().atMost(Service.PATIENCE).until(this::port, port -> port > 0));
        await().atMost(Service.PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> get("/q/health/started").statusCode() == 200);
    }

    @AfterEach
    void stop() {
        process.destroyForcibly();
    }

    @Test
    void takesManyAtOnceAndForgetsThem() throws Exception {
        for (int round = 0; round < 2; round++) {
            List<CompletableFuture<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                answers.add(client.sendAsync(post(BodyPublishers.ofInputStream(Zeros::new)), BodyHandlers.ofString()).thenApply(HttpResponse::statusCode));
            }
            List<Integer> statuses = new ArrayList<>();
            for (var answer : answers) {
                statuses.add(answer.get(5, TimeUnit.MINUTES));
            }
            assertThat(statuses).contains(415).isSubsetOf(415, 429); // no image; or no room for the moment
        }
        assertThat(client.send(post(BodyPublishers.ofByteArray(Scenes.smallPng())), BodyHandlers.ofByteArray()).statusCode()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(10)).until(() -> get("/q/metrics").body().matches("(?s).*\ndarkroom_held_bytes 0\\.0\n.*"));
        assertThat(Files.readString(LOG)).doesNotContain("OutOfMemoryError", "\"level\":\"ERROR\"");
    }

    private HttpRequest post(HttpRequest.BodyPublisher body) {
        return HttpRequest.newBuilder(service.resolve("/v1/dejpeg")).POST(body).build();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(service.resolve(path)).build(), BodyHandlers.ofString());
    }

    private int port() throws IOException {
        assertThat(process.isAlive()).describedAs("the service ended: see %s", LOG).isTrue();
        Matcher listening = LISTENING.matcher(Files.readString(LOG));
        return listening.find() ? Integer.parseInt(listening.group(1)) : 0;
    }

    /** A large upload that takes no memory here. */
    private static final class Zeros extends InputStream {
        private long left = LARGE;

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            int count = (int) Math.min(length, left);
            left -= count;
            return count == 0 ? -1 : count;
        }
    }
}
