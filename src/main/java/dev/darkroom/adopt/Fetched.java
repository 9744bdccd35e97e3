package dev.darkroom.adopt;

import dev.darkroom.model.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What is to be imported, on this machine.
 *
 * @param source the address or the file's name
 */
record Fetched(Path file, String source, String sha256) {
    /**
     * Fetches an address, or an artefact of a registry, which need a hash, into the folder; takes a file from where it is.
     *
     * @throws AdoptionException if it cannot be had, or has another hash
     */
    static Fetched of(String source, Optional<String> sha256, Path folder) throws IOException {
        boolean remote = source.matches("(https?|oci)://.*");
        Path file = OciArtifact.isAddress(source) ? artefact(source, sha256, folder) : remote ? download(source, sha256, folder) : Path.of(source);
        if (!Files.isRegularFile(file)) {
            throw new AdoptionException("there is no file " + file);
        }
        String actual = Sha256.of(file);
        if (!sha256.orElse(actual).equals(actual)) {
            throw new AdoptionException("the file's sha256 is " + actual);
        }
        return new Fetched(file, remote ? source : file.getFileName().toString(), actual);
    }

    String ending() {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static Path download(String source, Optional<String> sha256, Path folder) throws IOException {
        if (sha256.isEmpty()) {
            throw new AdoptionException("an address needs --sha256, so that it is known what comes from there");
        }
        URI address = URI.create(source);
        String name = address.getPath().replaceFirst(".*/", "");
        return new Download(Optional.empty()).save(address, folder.resolve(name.matches("\\w[\\w.+-]*") ? name : "fetched"));
    }

    private static Path artefact(String source, Optional<String> sha256, Path folder) throws IOException {
        OciArtifact artefact = OciArtifact.of(source);
        if (sha256.isEmpty() && !artefact.isPinned()) {
            throw new AdoptionException("a tag needs --sha256, so that it is known what comes from there; or name the artefact by its digest");
        }
        return artefact.fetch(folder);
    }
}
