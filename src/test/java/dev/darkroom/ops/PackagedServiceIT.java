package dev.darkroom.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.enhance.Scenes;
import dev.darkroom.http.Service;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.file.ImageFormat;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged service as its own process. */
class PackagedServiceIT {
    private static final Path LOG = Path.of("target/packaged-service.log");
    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:(\\d+)");
    private static final Pattern LET_IN = Pattern.compile("(?m)^darkroom_admission_pixels_total(?:\\{[^}]*})? (\\S+)");
    private static final Pattern INSIDE = Pattern.compile("(?m)^darkroom_admitted_pixels(?:\\{[^}]*})? (\\S+)");
    private static final int TERMINATED = 128 + 15;

    private final HttpClient client = HttpClient.newHttpClient();
    private Process process;
    private URI service;

    @BeforeEach
    void start() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        process = new ProcessBuilder(java.toString(), "-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=0", "-Ddarkroom.access.anonymous=enhance,score",
                "-jar", "target/quarkus-app/quarkus-run.jar").redirectErrorStream(true).redirectOutput(LOG.toFile()).start();
        service = URI.create("http://127.0.0.1:" + await().atMost(Service.PATIENCE).until(this::port, port -> port > 0));
        await().atMost(Service.PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> get("/q/health/ready").statusCode() == 200);
    }

    @AfterEach
    void stop() {
        process.destroyForcibly();
    }

    @Test
    void denoisesAPicture() throws Exception {
        HttpResponse<byte[]> response = client.send(denoise(Scenes.smallPng()), BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Pictures.probe(response.body()).format()).isEqualTo(ImageFormat.PNG);
    }

    @Test
    void finishesEverythingItHasAcceptedWhenItIsToldToStop() throws Exception {
        int requests = 6;
        byte[] file = Scenes.file(Scenes.noisy(800, 600, 3, 25), ImageFormat.JPEG);
        var answers = IntStream.range(0, requests).mapToObj(i -> client.sendAsync(denoise(file), BodyHandlers.ofByteArray())).toList();
        await().atMost(Service.PATIENCE).until(() -> gauge(LET_IN) == requests * 800 * 600);
        assertThat(gauge(INSIDE)).as("work that is not done yet").isPositive();

        process.destroy();

        for (var answer : answers) {
            assertThat(answer.get(2, TimeUnit.MINUTES).statusCode()).isEqualTo(200);
        }
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(TERMINATED);
        assertThat(Files.readString(LOG)).contains("darkroom stopped").doesNotContain("\"level\":\"ERROR\"", "hs_err");
    }

    private double gauge(Pattern sample) throws IOException, InterruptedException {
        Matcher found = sample.matcher(get("/q/metrics").body());
        return found.find() ? Double.parseDouble(found.group(1)) : 0;
    }

    private int port() throws IOException {
        assertThat(process.isAlive()).describedAs("the service ended: see %s", LOG).isTrue();
        Matcher listening = LISTENING.matcher(Files.readString(LOG));
        return listening.find() ? Integer.parseInt(listening.group(1)) : 0;
    }

    private HttpRequest denoise(byte[] file) {
        return HttpRequest.newBuilder(service.resolve("/v1/denoise")).version(HttpClient.Version.HTTP_1_1)
                .POST(BodyPublishers.ofByteArray(file)).build();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(service.resolve(path)).version(HttpClient.Version.HTTP_1_1).build(), BodyHandlers.ofString());
    }
}
