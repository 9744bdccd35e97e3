package dev.darkroom.adopt;

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
import java.util.Optional;
import java.util.Set;

/**
 * Files from https addresses. What shows who asks stays with the address that wanted it: where that leads elsewhere, nobody is told.
 *
 * @param token for the first address, empty if nobody asks for one
 */
record Download(Optional<String> token) {
    private static final long MOST_BYTES = 2L << 30;
    private static final int MOST_REDIRECTIONS = 5;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
    private static final Set<Integer> REDIRECTIONS = Set.of(301, 302, 303, 307, 308);

    /** @param challenge how to show who asks, where that is wanted */
    record Answer(int status, String challenge, InputStream body) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    /** @throws AdoptionException if it is no https address, or answers neither 200 nor 401 */
    Answer get(URI address, String accept) throws IOException {
        URI at = address;
        Optional<String> shown = token;
        for (int hop = 0; hop <= MOST_REDIRECTIONS; hop++) {
            HttpResponse<InputStream> response = send(safe(at), accept, shown);
            Optional<String> elsewhere = response.headers().firstValue("Location").filter(location -> REDIRECTIONS.contains(response.statusCode()));
            if (elsewhere.isEmpty()) {
                return answer(at, response);
            }
            response.body().close();
            at = at.resolve(elsewhere.get());
            shown = Optional.empty();
        }
        throw new AdoptionException(address.getHost() + " leads from one address to another without end");
    }

    /** @throws AdoptionException as {@link #get}, or if there is more than 2 GiB */
    Path save(URI address, Path file) throws IOException {
        try (Answer answer = get(address, "*/*"); var out = Files.newOutputStream(file)) {
            if (answer.status != 200) {
                throw refused(address, answer.status);
            }
            byte[] buffer = new byte[1 << 16];
            long copied = 0;
            for (int read = answer.body.read(buffer); read >= 0; read = answer.body.read(buffer)) {
                out.write(buffer, 0, read);
                copied += read;
                if (copied > MOST_BYTES) {
                    throw new AdoptionException(address.getHost() + " sends more than 2 GiB");
                }
            }
            return file;
        }
    }

    private static URI safe(URI address) {
        boolean own = "127.0.0.1".equals(address.getHost()) || "localhost".equals(address.getHost());
        if (!"https".equals(address.getScheme()) && !own) {
            throw new AdoptionException("only https addresses are fetched");
        }
        return address;
    }

    private static Answer answer(URI address, HttpResponse<InputStream> response) throws IOException {
        if (response.statusCode() != 200 && response.statusCode() != 401) {
            response.body().close();
            throw refused(address, response.statusCode());
        }
        return new Answer(response.statusCode(), response.headers().firstValue("WWW-Authenticate").orElse(""), response.body());
    }

    private static AdoptionException refused(URI address, int status) {
        return new AdoptionException("%s answered %d".formatted(address.getHost(), status));
    }

    private static HttpResponse<InputStream> send(URI address, String accept, Optional<String> token) throws IOException {
        HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).connectTimeout(CONNECT_TIMEOUT).build();
        HttpRequest.Builder request = HttpRequest.newBuilder(address).header("Accept", accept);
        token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        try {
            return client.send(request.build(), BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdoptionException("interrupted", e);
        }
    }
}
