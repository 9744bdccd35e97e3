package dev.darkroom.model.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpDownloadTest {

    private static final byte[] CONTENT = new byte[300_000];

    private final List<Integer> percents = new ArrayList<>();
    private final HttpDownload download = new HttpDownload(percents::add);

    @TempDir
    private Path folder;

    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        CONTENT[CONTENT.length - 1] = 7;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/file", exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT);
            exchange.close();
        });
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", "/file");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void fetchesAFileThroughRedirectsAndTellsHowFarItIs() throws IOException {
        Path target = folder.resolve("file");

        download.fetch(uri("/moved"), CONTENT.length, target);

        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(percents).isSorted().last().isEqualTo(100);
    }

    @Test
    void refusesMoreOrFewerBytesThanPublished() {
        for (int expected : new int[] {CONTENT.length - 1, 10, CONTENT.length + 1}) {
            assertThatExceptionOfType(FeatureInstallException.class)
                    .isThrownBy(() -> download.fetch(uri("/file"), expected, folder.resolve("file")))
                    .withMessageContaining("another number of bytes than the published file's " + expected);
        }
    }

    @Test
    void saysWhatTheServerAnswered() {
        assertThatExceptionOfType(FeatureInstallException.class)
                .isThrownBy(() -> download.fetch(uri("/gone"), 1, folder.resolve("file")))
                .withMessageEndingWith("answered 404");
    }

    @Test
    void saysHowToGoOnWithoutANetwork() {
        server.stop(0);

        assertThatExceptionOfType(FeatureInstallException.class)
                .isThrownBy(() -> download.fetch(uri("/file"), 1, folder.resolve("file")))
                .withMessageContaining("cannot be reached")
                .withMessageContaining("--from");
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }
}
