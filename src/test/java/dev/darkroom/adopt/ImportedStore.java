package dev.darkroom.adopt;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A service whose store has nothing but what was imported, in other processes: a profile's class loader cannot share the engine with its tests'. */
public final class ImportedStore implements QuarkusTestProfile {
    private static final Path STORE = Path.of("target", "imported-store-" + ProcessHandle.current().pid()).toAbsolutePath();

    @Override
    public Map<String, String> getConfigOverrides() {
        if (Files.notExists(STORE)) { // it is asked more than once
            adopt("attention", "super-resolve", "--licence", "MIT", "--summary", "Sees its neighbours.");
            adopt("pooled", "deblur", "--max-megapixels", "0.2");
        }
        return Map.of("darkroom.model-store", STORE.toString(), "darkroom.inference.precision", "float32", "darkroom.access.anonymous", "enhance");
    }

    private static void adopt(String network, String task, String... options) {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"),
                "dev.darkroom.Darkroom", "import", "src/test/resources/dev/darkroom/adopt/" + network + ".pt", "--task", task, "--loss", network,
                "--store", STORE.toString()));
        command.addAll(List.of(options));
        try {
            if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
                throw new IllegalStateException(network + " was not imported");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
