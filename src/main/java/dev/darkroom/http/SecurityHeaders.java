package dev.darkroom.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * What browsers should not do with any answer (OWASP REST security cheat sheet).
 *
 * <p>Pictures are private: nothing under {@code /v1} is kept by a cache, unless it says itself that it may be. The page for people has its scripts and styles in files;
 * those under {@code /q}, which come with the framework, have some of them inline.
 */
@ApplicationScoped
final class SecurityHeaders {
    private static final String HALF_A_YEAR = "max-age=15768000";
    private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";
    private static final String INLINE = "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data: blob:; frame-ancestors 'none'; base-uri 'none'";
    private static final String PAGE = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
            + "form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

    void register(@Observes Filters filters) {
        filters.register(SecurityHeaders::add, FilterOrder.SECURITY_HEADERS);
    }

    private static void add(RoutingContext context) {
        String path = context.normalizedPath();
        var headers = context.response().headers()
                .set("X-Content-Type-Options", "nosniff")
                .set("X-Frame-Options", "DENY")
                .set("Referrer-Policy", "no-referrer")
                .set("Cross-Origin-Resource-Policy", "same-origin")
                .set("Content-Security-Policy", path.startsWith("/v1") ? NOTHING : path.startsWith("/q/") ? INLINE : PAGE);
        context.addHeadersEndHandler(path.startsWith("/v1") ? ended -> keepByNoCache(context.response()) : ended -> askAgain(context.response()));
        if (context.request().isSSL()) {
            headers.set("Strict-Transport-Security", HALF_A_YEAR);
        }
        context.next();
    }

    /** The page's files have the same names in every version; the framework would have them kept for a day without asking. */
    private static void askAgain(HttpServerResponse response) {
        if (response.headers().contains("Cache-Control")) {
            response.putHeader("Cache-Control", "no-cache");
        }
    }

    /** Unless the resource says otherwise: {@link KeptJson}. */
    private static void keepByNoCache(HttpServerResponse response) {
        if (!response.headers().contains("Cache-Control")) {
            response.putHeader("Cache-Control", "no-store");
        }
    }
}
