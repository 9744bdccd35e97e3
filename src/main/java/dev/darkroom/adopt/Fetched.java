package dev.darkroom.adopt;

import dev.darkroom.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What is to be imported, on this machine.
 *
 * @param source the address or the file's name
 */
record Fetched(Path file, String source, String sha256) {
    private static final long MOST_BYTES = 2L << 30;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);

    /**
     * Fetches an address, which needs a hash, into the folder; takes a file from where it is.
     *
     * @throws AdoptionException if it cannot be had, or has another hash
     */
    static Fetched of(String source, Optional<String> sha256, Path folder) throws IOException {
        boolean remote = source.matches("https?://.*");
        if (remote && sha256.isEmpty()) {
            throw new AdoptionException("an address needs --sha256, so that it is known what comes from there");
        }
        Path file = remote ? download(URI.create(source), folder) : Path.of(source);
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

    private static Path download(URI address, Path folder) throws IOException {
        boolean safe = address.getScheme().equals("https") || "127.0.0.1".equals(address.getHost()) || "localhost".equals(address.getHost());
        if (!safe) {
            throw new AdoptionException("only https addresses are fetched");
        }
        String name = address.getPath().replaceFirst(".*/", "");
        Path file = folder.resolve(name.isEmpty() ? "fetched" : name);
        HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).connectTimeout(CONNECT_TIMEOUT).build();
        try {
            HttpResponse<InputStream> response = client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofInputStream());
            try (InputStream body = response.body(); var out = Files.newOutputStream(file)) {
                if (response.statusCode() != 200) {
                    throw new AdoptionException("%s answered %d".formatted(address.getHost(), response.statusCode()));
                }
                byte[] buffer = new byte[1 << 16];
                long copied = 0;
                for (int read = body.read(buffer); read >= 0 && copied <= MOST_BYTES; read = body.read(buffer)) {
                    out.write(buffer, 0, read);
                    copied += read;
                }
                return file;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdoptionException("interrupted", e);
        }
    }
}
