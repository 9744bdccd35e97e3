package dev.darkroom.job.http;

import dev.darkroom.enhance.SmallStore;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A service with small networks that keeps jobs. */
public final class JobsService implements QuarkusTestProfile {
    static final int MOST = 6;

    @Override
    public Map<String, String> getConfigOverrides() {
        try {
            var settings = new HashMap<>(new SmallStore().getConfigOverrides());
            settings.put("darkroom.jobs.folder", Files.createTempDirectory(Files.createDirectories(Path.of("target")), "jobs").toAbsolutePath().toString());
            settings.put("darkroom.jobs.most-of-a-caller", Integer.toString(MOST));
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
