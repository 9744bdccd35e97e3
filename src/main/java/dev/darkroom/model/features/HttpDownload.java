package dev.darkroom.model.features;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.IntConsumer;

/** Fetches published files over HTTP, through the system's proxy where there is one. */
final class HttpDownload implements FeatureInstaller.Download {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
    private static final int BUFFER_BYTES = 1 << 16;

    private final IntConsumer percent;

    /** @param percent is told how much of a file has come, at every whole percent */
    HttpDownload(IntConsumer percent) {
        this.percent = percent;
    }

    @Override
    public void fetch(PublishedWeights weights, Path target) throws IOException {
        fetch(weights.source(), weights.sourceBytes(), target);
    }

    void fetch(URI source, long expectedBytes, Path target) throws IOException {
        HttpResponse<InputStream> response = request(source);
        try (InputStream body = response.body(); OutputStream file = Files.newOutputStream(target)) {
            if (response.statusCode() != 200) {
                throw new FeatureInstallException("%s answered %d".formatted(source.getHost(), response.statusCode()));
            }
            copy(body, file, source, expectedBytes);
        }
    }

    private static HttpResponse<InputStream> request(URI source) throws IOException {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL).connectTimeout(CONNECT_TIMEOUT).build();
        try {
            return client.send(HttpRequest.newBuilder(source).build(), BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new FeatureInstallException(source.getHost() + " cannot be reached; "
                    + "fetch " + source + " elsewhere and give its folder with --from", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FeatureInstallException("interrupted", e);
        }
    }

    /** Stops at the first byte too many: whatever comes then, it is not the published file. */
    private void copy(InputStream body, OutputStream file, URI source, long expectedBytes) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long copied = 0;
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            long before = 100 * copied / expectedBytes;
            copied += read;
            if (copied > expectedBytes) {
                break;
            }
            file.write(buffer, 0, read);
            if (100 * copied / expectedBytes > before) {
                percent.accept((int) (100 * copied / expectedBytes));
            }
        }
        if (copied != expectedBytes) {
            throw new FeatureInstallException("%s gave another number of bytes than the published file's %d"
                    .formatted(source.getHost(), expectedBytes));
        }
    }
}
