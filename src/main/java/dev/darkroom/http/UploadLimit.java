package dev.darkroom.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

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

    /** @throws UploadTooLargeException if a body of this length is too long */
    public void check(long bytes) {
        if (bytes > limitBytes) {
            throw new UploadTooLargeException(limitBytes);
        }
    }

    private void check(RoutingContext context) {
        try {
            check(announced(context.request()));
            context.next();
        } catch (UploadTooLargeException e) {
            EarlyAnswer.send(context, e);
        }
    }

    /** How many bytes the client says that it sends; 0 if it does not, or not understandably. */
    public static long announced(HttpServerRequest request) {
        try {
            String length = request.getHeader("Content-Length");
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
