package dev.darkroom.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.enhance.Scenes;
import dev.darkroom.enhance.SmallStore;
import dev.darkroom.http.Service;
import dev.darkroom.image.file.ImageFormat;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The launcher as a person at a terminal has it: {@code script} gives it one. */
class ConsoleIT {
    private static final Pattern ADDRESS = Pattern.compile("Open (http://localhost:\\d+) in a browser");

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final StringBuffer shown = new StringBuffer();
    private Process terminal;

    @AfterEach
    void stop() {
        terminal.descendants().forEach(ProcessHandle::destroyForcibly);
        terminal.destroyForcibly();
    }

    @Test
    void tellsWhereItIsWhatIsReadyAndWhatItWaitsForAtTheEnd() throws Exception {
        terminal = open("./darkroom serve --port=0");
        Matcher address = ADDRESS.matcher("");
        await().atMost(Service.PATIENCE).until(() -> address.reset(shown.toString()).find());
        assertThat(shown.toString()).contains("denoise is ready", "dehaze is ready").doesNotContain("{\"timestamp\"");

        URI service = URI.create(address.group(1));
        var answer = client.sendAsync(HttpRequest.newBuilder(service.resolve("/v1/denoise?sigma=25")).header("Content-Type", "image/jpeg")
                .POST(BodyPublishers.ofByteArray(Scenes.file(Scenes.noisy(2400, 1600, 3, 25), ImageFormat.JPEG))).build(), BodyHandlers.ofByteArray());
        await().atMost(Service.PATIENCE).until(() -> isInside(service));
        type('\003');

        await().atMost(Service.PATIENCE).until(() -> shown.toString().contains("finishing 1 request; Ctrl-C again stops at once"));
        assertThat(answer.get(2, TimeUnit.MINUTES).statusCode()).isEqualTo(200);
        assertThat(terminal.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(terminal.exitValue()).as("of a program that Ctrl-C has ended").isEqualTo(128 + 2);
        assertThat(shown.toString().replaceAll("\033\\[[0-9;]*m", "")).contains("POST /v1/denoise 200");
    }

    @Test
    void saysWhatIsWrongInTwoLines() throws Exception {
        terminal = open("./darkroom serve -Xmx1g");

        assertThat(terminal.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(terminal.exitValue()).isEqualTo(2);
        await().atMost(Service.PATIENCE).until(() -> shown.toString().contains("see ./darkroom serve --help"));
        assertThat(shown.toString().lines()).hasSize(2);
    }

    private boolean isInside(URI service) throws IOException, InterruptedException {
        String metrics = client.send(HttpRequest.newBuilder(service.resolve("/q/metrics")).build(), BodyHandlers.ofString()).body();
        return Pattern.compile("(?m)^darkroom_admitted_pixels(?:\\{[^}]*})? [1-9]").matcher(metrics).find();
    }

    private void type(char key) throws IOException {
        terminal.getOutputStream().write(key);
        terminal.getOutputStream().flush();
    }

    private Process open(String command) throws IOException {
        var builder = new ProcessBuilder("script", "-qec", command, "/dev/null").redirectErrorStream(true);
        builder.environment().put("DARKROOM_MODEL_STORE", SmallStore.baselines("denoise", "dehaze").toString());
        Process process = builder.start();
        var screen = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8);
        Thread reading = new Thread(() -> {
            try {
                for (int read = screen.read(); read >= 0; read = screen.read()) {
                    shown.append((char) read);
                }
            } catch (IOException e) {
                shown.append("[closed]");
            }
        }, "screen");
        reading.setDaemon(true);
        reading.start();
        return process;
    }
}
