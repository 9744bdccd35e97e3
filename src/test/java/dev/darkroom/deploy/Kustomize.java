package dev.darkroom.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folder {@code k8s/} as kustomize renders it. */
final class Kustomize {
    static final Path ROOT = Path.of("k8s");

    private Kustomize() {}

    /** The overlays of the tree. */
    static List<Path> overlays() {
        return folders(ROOT.resolve("overlays"));
    }

    /** The components of the tree. */
    static List<Path> components() {
        return folders(ROOT.resolve("components"));
    }

    /** What {@code k8s/render} prints for a folder. */
    static String render(Path folder) {
        try {
            Path errors = Files.createTempFile(Files.createDirectories(Path.of("target/k8s")), "kustomize", ".err");
            Process process = new ProcessBuilder("bash", ROOT.resolve("render").toString(), folder.toString()).redirectError(errors.toFile()).start();
            String rendered = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor()).as("%s: %s", folder, Files.readString(errors)).isZero();
            return rendered;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Base and some components, as an overlay would put them together. */
    static String renderWith(List<String> components) {
        try {
            Path overlay = Files.createTempDirectory(Files.createDirectories(Path.of("target/k8s")), "overlay");
            Path base = overlay.toAbsolutePath().relativize(ROOT.toAbsolutePath());
            String listed = String.join("", components.stream().map(name -> "  - %s/components/%s%n".formatted(base, name)).toList());
            Files.writeString(overlay.resolve("kustomization.yaml"), """
                    apiVersion: kustomize.config.k8s.io/v1beta1
                    kind: Kustomization
                    resources:
                      - %s/base
                    components:
                    %s""".formatted(base, listed));
            return render(overlay);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> folders(Path parent) {
        try (Stream<Path> folders = Files.list(parent)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
