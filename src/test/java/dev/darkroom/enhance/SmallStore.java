package dev.darkroom.enhance;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A service whose store has small networks for every task but denoise, may be administered, and takes at most two megapixels. */
public final class SmallStore implements QuarkusTestProfile {
    static final Path ORIGINAL = Path.of("src/test/resources/dev/darkroom/enhance/store");

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "darkroom.model-store", copy().toString(),
                "darkroom.inference.precision", "float32",
                "darkroom.inference.batch-megapixels", "0.2",
                "darkroom.limits.max-megapixels", "2",
                "darkroom.access.anonymous", "enhance,score,admin");
    }

    /** A copy that may be changed. */
    public static Path copy() {
        try {
            return copy(ORIGINAL, Files.createTempDirectory(Files.createDirectories(Path.of("target")), "small-store"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The baselines that are served by default, of some tasks: what a test starts that needs them and no others. */
    public static Path baselines(String... tasks) {
        try {
            Path store = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "baselines");
            for (String task : tasks) {
                copy(Path.of("model-store", task, "baseline"), store.resolve(task).resolve("baseline"));
            }
            return store.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path copy(Path from, Path to) {
        try (var files = Files.walk(from)) {
            Files.createDirectories(to.toAbsolutePath().getParent());
            for (Path file : files.toList()) {
                Path copied = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copied);
                } else {
                    Files.copy(file, copied);
                }
            }
            return to.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
