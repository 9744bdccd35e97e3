package dev.darkroom.http.contract;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A service without checkpoints, in which everybody may do everything. */
public final class EmptyStore implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        try {
            Path store = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "empty-store").toAbsolutePath();
            return Map.of("darkroom.model-store", store.toString(), "darkroom.access.anonymous", "enhance,score,admin");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
