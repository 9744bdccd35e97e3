package dev.darkroom.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/** Refuses addresses that cannot be decoded before anybody asks for them: asking throws, again and again. */
@ApplicationScoped
final class ReadablePath {
    private static final int LONGEST_SHOWN = 200;

    void register(@Observes Filters filters) {
        filters.register(ReadablePath::check, FilterOrder.READABLE_PATH);
    }

    private static void check(RoutingContext context) {
        if (normalized(context).isPresent()) {
            context.next();
        } else {
            EarlyAnswer.send(context, new InvalidQueryException("the address cannot be read: % is followed by two hexadecimal digits"));
        }
    }

    private static Optional<String> normalized(RoutingContext context) {
        try {
            return Optional.of(context.normalizedPath());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** As the service understands it, or as it came if it does not. */
    static String of(RoutingContext context) {
        return normalized(context).orElse(String.valueOf(context.request().path()));
    }

    /** As a log line may have it: short, and without what a terminal obeys. */
    static String shown(String path) {
        String shown = path.substring(0, Math.min(LONGEST_SHOWN, path.length())).replaceAll("[^!-~]", "?");
        return path.length() <= LONGEST_SHOWN ? shown : shown + "...";
    }
}
