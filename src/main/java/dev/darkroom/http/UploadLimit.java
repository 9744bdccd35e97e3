package dev.darkroom.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;

/**
 * Refuses uploads that are too long: from the announced length before a byte is read, or while they are read.
 *
 * <p>The framework's own limit answers 413 with an empty body before any mapper sees it; it stays above this one as a
 * last resort.
 */
@ApplicationScoped
public class UploadLimit {

    private final long limitBytes;

    UploadLimit(HttpConfig config) {
        limitBytes = config.maxUpload().asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, FilterOrder.UPLOAD_LIMIT);
    }

    /**
     * Reads a body whole.
     *
     * @throws UploadTooLargeException as soon as it is longer than the limit
     */
    public byte[] read(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes((int) Math.min(Integer.MAX_VALUE - 16, limitBytes + 1));
        check(bytes.length);
        return bytes;
    }

    /** @throws UploadTooLargeException if a body of this length is too long */
    public void check(long bytes) {
        if (bytes > limitBytes) {
            throw new UploadTooLargeException(limitBytes);
        }
    }

    private void check(RoutingContext context) {
        try {
            check(announced(context));
            context.next();
        } catch (UploadTooLargeException e) {
            EarlyAnswer.send(context, e);
        }
    }

    private static long announced(RoutingContext context) {
        try {
            String length = context.request().getHeader("Content-Length");
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
