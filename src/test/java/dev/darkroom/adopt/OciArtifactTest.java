package dev.darkroom.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.darkroom.model.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry as the large public ones are: it wants a token of anybody, and keeps its blobs elsewhere. */
class OciArtifactTest {
    private static final byte[] CHECKPOINT = "the weights".getBytes(StandardCharsets.UTF_8);
    private static final String BLOB = "sha256:" + Sha256.of(CHECKPOINT);

    @TempDir
    Path folder;
    private HttpServer server;
    private byte[] manifest = manifest(layer("notes.md", "sha256:" + "0".repeat(64)), layer("net/tiny.pth", BLOB));
    private byte[] blob = CHECKPOINT;
    private final List<String> shownElsewhere = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v2/", this::registry);
        server.createContext("/token", exchange -> answer(exchange, 200,
                exchange.getRequestURI().getQuery().equals("service=registry&scope=repository:lab/tiny:pull") ? "{\"token\": \"t1\"}" : "{}"));
        server.createContext("/elsewhere", exchange -> {
            shownElsewhere.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
            answer(exchange, 200, blob);
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void registry(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (!"Bearer t1".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer realm=\"http://%s/token\",service=\"registry\"".formatted(host()));
            answer(exchange, 401, "{}");
        } else if (path.startsWith("/v2/lab/tiny/manifests/")) {
            answer(exchange, 200, manifest);
        } else if (path.equals("/v2/lab/tiny/blobs/" + BLOB)) {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            answer(exchange, 307, "");
        } else {
            answer(exchange, 404, "{}");
        }
    }

    @Test
    void isFetchedByItsDigestAndNobodyElsewhereSeesTheToken() throws IOException {
        Fetched fetched = Fetched.of(pinned(), Optional.empty(), folder);

        assertThat(fetched.file()).hasBinaryContent(CHECKPOINT).hasFileName("tiny.pth");
        assertThat(fetched.source()).isEqualTo(pinned());
        assertThat(shownElsewhere).isEmpty();
    }

    @Test
    void isFetchedByATagIfTheHashIsKnown() throws IOException {
        String tagged = "oci://%s/lab/tiny:v1".formatted(host());
        assertThatExceptionOfType(AdoptionException.class).isThrownBy(() -> Fetched.of(tagged, Optional.empty(), folder)).withMessageContaining("needs --sha256");

        assertThat(Fetched.of(tagged, Optional.of(Sha256.of(CHECKPOINT)), folder).file()).hasBinaryContent(CHECKPOINT);
    }

    @Test
    void isRefusedWhereTheManifestIsNotThatOfTheDigest() {
        String address = pinned();
        manifest = manifest(layer("tiny.pth", BLOB));

        refused(address, "another manifest");
    }

    @Test
    void isRefusedWhereTheLayerIsNotThatOfTheManifest() {
        blob = "other weights".getBytes(StandardCharsets.UTF_8);

        refused(pinned(), "something else than " + BLOB);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void isRefusedWithoutOneCheckpoint() {
        manifest = manifest(layer("a.pth", BLOB), layer("b.pth", BLOB));
        refused(pinned(), "has 2 layers that are checkpoints");
        manifest = "not json".getBytes(StandardCharsets.UTF_8);
        refused(pinned(), "no JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oci://registry", "oci://registry/name", "oci://registry/Name:v1", "oci://registry/name@sha256:12", "oci:///name:v1"})
    void anAddressIsOneOfAnArtefact(String address) {
        refused(address, "an artefact is oci://");
    }

    @Test
    void neverComesWithoutTls() {
        server.removeContext("/v2/");
        server.createContext("/v2/", exchange -> {
            exchange.getResponseHeaders().add("Location", "http://example.org/manifest");
            answer(exchange, 302, "");
        });

        refused(pinned(), "only https");
    }

    private void refused(String address, String reason) {
        assertThatExceptionOfType(AdoptionException.class).isThrownBy(() -> Fetched.of(address, Optional.empty(), folder)).withMessageContaining(reason);
    }

    private String pinned() {
        return "oci://%s/lab/tiny@sha256:%s".formatted(host(), Sha256.of(manifest));
    }

    private String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private static byte[] manifest(String... layers) {
        return "{\"schemaVersion\": 2, \"layers\": [%s]}".formatted(String.join(",", layers)).getBytes(StandardCharsets.UTF_8);
    }

    private static String layer(String title, String digest) {
        return "{\"digest\": \"%s\", \"annotations\": {\"org.opencontainers.image.title\": \"%s\"}}".formatted(digest, title);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        answer(exchange, status, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
