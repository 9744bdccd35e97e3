package dev.darkroom.adopt;

import dev.darkroom.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Python of pinned packages in a folder of its own, which reads PyTorch checkpoints. Nothing that serves uses it. */
final class PythonEnvironment {
    /** Written last, so that an interrupted installation is done again. */
    private static final String MARK = "requirements.sha256";

    private final Path folder;

    PythonEnvironment(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    static Path defaultFolder() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path root = cache == null || cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return root.resolve("darkroom").resolve("import-python");
    }

    boolean isInstalled() throws IOException {
        Path mark = folder.resolve(MARK);
        return Files.isRegularFile(mark) && Files.readString(mark).equals(Sha256.of(resource("requirements.txt")));
    }

    /** @throws AdoptionException if there is no Python, or a package cannot be had */
    void install() throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve(MARK));
        Path requirements = Files.write(folder.resolve("requirements.txt"), resource("requirements.txt"));
        run(List.of("python3", "-m", "venv", folder.toString()), "python3 with its module venv is needed (Debian: python3-venv)");
        run(List.of(python(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements.toString()),
                "the packages cannot be installed");
        Files.writeString(folder.resolve(MARK), Sha256.of(resource("requirements.txt")));
    }

    /**
     * Exports a checkpoint to {@code model.pt} and {@code facts.json} in a folder.
     *
     * @throws AdoptionException if the exporter refuses it; it has said why on the standard error stream
     */
    void export(Path checkpoint, Path into, List<String> options) throws IOException {
        Path script = Files.write(into.resolve("export.py"), resource("export.py"));
        // Isolated from the user's own packages and from what lies in the working folder.
        var command = new ArrayList<>(List.of(python(), "-I", script.toString(), checkpoint.toString(), into.toString()));
        command.addAll(options);
        run(command, "the checkpoint cannot be exported");
    }

    private String python() {
        Path windows = folder.resolve("Scripts").resolve("python.exe");
        return (Files.exists(windows) ? windows : folder.resolve("bin").resolve("python")).toString();
    }

    private static void run(List<String> command, String otherwise) throws IOException {
        try {
            var builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putIfAbsent("OMP_WAIT_POLICY", "PASSIVE"); // threads that wait leave the core to others
            Process process = builder.start();
            process.getOutputStream().close();
            if (process.waitFor() != 0) {
                throw new AdoptionException(otherwise);
            }
        } catch (IOException e) {
            throw new AdoptionException(otherwise, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdoptionException("interrupted", e);
        }
    }

    static byte[] resource(String name) throws IOException {
        try (InputStream in = PythonEnvironment.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

}
