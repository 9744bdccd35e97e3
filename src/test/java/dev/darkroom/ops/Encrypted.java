package dev.darkroom.ops;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A service that speaks TLS only, with a certificate made for the test, as docs/security.md sets it up. */
public final class Encrypted implements QuarkusTestProfile {
    static final Path KEYS = makeCertificate();
    static final String PASSWORD = "password";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "darkroom.model-store", "target/no-such-store",
                "quarkus.tls.key-store.p12.path", KEYS.toString(),
                "quarkus.tls.key-store.p12.password", PASSWORD,
                "quarkus.http.insecure-requests", "disabled",
                "quarkus.http.test-ssl-port", "0");
    }

    private static Path makeCertificate() {
        try {
            Path file = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "tls").resolve("keys.p12").toAbsolutePath();
            Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                    "-keystore", file.toString(), "-storetype", "PKCS12", "-storepass", "password", "-alias", "darkroom", "-keyalg", "EC",
                    "-groupname", "secp256r1", "-dname", "CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1", "-validity", "2")
                    .redirectErrorStream(true).redirectOutput(file.resolveSibling("keytool.log").toFile()).start();
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException(Files.readString(file.resolveSibling("keytool.log")));
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
