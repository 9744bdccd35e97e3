package dev.darkroom.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Gives every request an id, taken from {@code X-Request-Id} if the caller sent a sane one, and logs each once at its end. */
@ApplicationScoped
final class RequestLog {
    static final String HEADER = "X-Request-Id";
    private static final String KEY = "darkroom.requestId";
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Logger LOG = Logger.getLogger("dev.darkroom.access");
    private static final int FIRST = 2000;

    void register(@Observes Filters filters) {
        filters.register(this::begin, FIRST);
    }

    static String id(RoutingContext context) {
        return context.get(KEY);
    }

    private void begin(RoutingContext context) {
        String sent = context.request().getHeader(HEADER);
        String id = sent != null && SANE.matcher(sent).matches() ? sent : UUID.randomUUID().toString();
        long began = System.nanoTime();
        context.put(KEY, id);
        context.response().putHeader(HEADER, id);
        context.addEndHandler(end -> log(context, id, (System.nanoTime() - began) / 1_000_000));
        context.next();
    }

    private static void log(RoutingContext context, String id, long milliseconds) {
        if (context.normalizedPath().startsWith("/q/")) {
            return;
        }
        MDC.put("requestId", id);
        try {
            LOG.infof("%s %s %d %d ms %s", context.request().method(), context.normalizedPath(),
                    context.response().getStatusCode(), milliseconds, id);
        } finally {
            MDC.remove("requestId");
        }
    }
}
