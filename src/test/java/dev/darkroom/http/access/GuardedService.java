package dev.darkroom.http.access;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** A service with a key for each role, one that may do little, an issuer, a page elsewhere that may call, and nobody without key or token. */
public final class GuardedService implements QuarkusTestProfile {
    static final String ENHANCE = ApiKey.secret();
    static final String SCORE = ApiKey.secret();
    static final String ADMIN = ApiKey.secret();
    static final String FRUGAL = ApiKey.secret();
    static final Issuer ISSUER = new Issuer();
    static final int FRUGAL_REQUESTS = 3;
    /** Whose scripts may call. */
    static final String GALLERY = "https://gallery.example";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.http.cors.enabled", "true",
                "quarkus.http.cors.origins", GALLERY,
                "darkroom.model-store", emptyStore().toString(),
                "darkroom.access.anonymous", "",
                "darkroom.access.keys", write("keys", String.join("\n", keys())).toString(),
                "darkroom.access.jwt.issuer", Issuer.NAME,
                "darkroom.access.jwt.jwks", write("jwks", ISSUER.jwks()).toUri().toString());
    }

    private static List<String> keys() {
        return List.of("# who may call",
                ApiKey.of("enhancer", ENHANCE, Set.of(Role.ENHANCE), Allowance.UNLIMITED).line(),
                ApiKey.of("scorer", SCORE, Set.of(Role.SCORE), Allowance.UNLIMITED).line(),
                ApiKey.of("admin", ADMIN, Set.of(Role.ADMIN), Allowance.UNLIMITED).line(),
                ApiKey.of("frugal", FRUGAL, Set.of(Role.values()), new Allowance(OptionalInt.of(FRUGAL_REQUESTS), OptionalInt.of(2))).line());
    }

    private static Path emptyStore() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "empty-store").toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path write(String name, String content) {
        try {
            return Files.writeString(Files.createTempFile(Files.createDirectories(Path.of("target")), name, ""), content).toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
