package dev.darkroom.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Refuses addresses that cannot be decoded before anybody asks for them: asking throws, again and again. */
@ApplicationScoped
final class ReadablePath {
    private static final int LONGEST_SHOWN = 200;

    void register(@Observes Filters filters) {
        filters.register(ReadablePath::check, FilterOrder.READABLE_PATH);
    }

    private static void check(RoutingContext context) {
        try {
            context.normalizedPath();
        } catch (IllegalArgumentException e) {
            EarlyAnswer.send(context, new InvalidQueryException("the address cannot be read: % is followed by two hexadecimal digits"));
            return;
        }
        context.next();
    }

    /** As a log line may have it: short, and without what a terminal obeys. */
    static String shown(RoutingContext context) {
        String path = context.request().path();
        String shown = path == null ? "-" : path.substring(0, Math.min(LONGEST_SHOWN, path.length())).replaceAll("[^!-~]", "?");
        return path == null || path.length() <= LONGEST_SHOWN ? shown : shown + "...";
    }
}
