package dev.darkroom.http;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Gives every request an id, taken from {@code X-Request-Id} if the caller sent a sane one, and logs each once at its end. */
@ApplicationScoped
public final class RequestLog {
    static final String HEADER = "X-Request-Id";
    /** What log and metrics say instead of a status where nobody was left to be told one, as nginx does. */
    static final int CLIENT_GONE = 499;
    private static final String KEY = "darkroom.requestId";
    private static final String CALLER = "darkroom.caller";
    private static final int LONGEST_CALLER = 64;
    private static final int LONGEST_METHOD = 16;
    private static final int LONGEST_PATH = 200;
    private static final String REQUEST_ID = "requestId";
    private static final String TRACE = "darkroom.trace";
    private static final String CALLER_NAME = "caller";
    private static final String TRACE_ID = "traceId";
    private static final String ADDRESS = "clientAddress";
    private static final String BYTES_IN = "bytesIn";
    private static final String BYTES_OUT = "bytesOut";
    private static final List<String> FIELDS = List.of(REQUEST_ID, CALLER_NAME, TRACE_ID, ADDRESS, BYTES_IN, BYTES_OUT);
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Logger LOG = Logger.getLogger("dev.darkroom.access");

    void register(@Observes Filters filters) {
        filters.register(this::begin, FilterOrder.REQUEST_ID);
    }

    static String id(RoutingContext context) {
        return context.get(KEY);
    }

    /** Lets the log name the caller; what could break a log line does not get into it. */
    public static void caller(RoutingContext context, String name) {
        String sane = name.replaceAll("[^A-Za-z0-9._:@/|-]", "?");
        context.put(CALLER, sane.substring(0, Math.min(sane.length(), LONGEST_CALLER)));
    }

    private void begin(RoutingContext context) {
        String sent = context.request().getHeader(HEADER);
        String id = sent != null && SANE.matcher(sent).matches() ? sent : UUID.randomUUID().toString();
        long began = System.nanoTime();
        context.put(KEY, id);
        trace(context).ifPresent(trace -> context.put(TRACE, trace));
        context.response().putHeader(HEADER, id);
        context.addEndHandler(end -> {
            int status = end.succeeded() ? context.response().getStatusCode() : CLIENT_GONE;
            log(context, id, status, (System.nanoTime() - began) / 1_000_000);
        });
        context.next();
    }

    private static void log(RoutingContext context, String id, int status, long milliseconds) {
        String path = context.normalizedPath();
        if (path.startsWith("/q/")) {
            return;
        }
        put(context, id);
        try {
            LOG.infof("%s %s %d %d ms %s %s %d in %d out %s", method(context), shown(path, LONGEST_PATH), status, milliseconds, id,
                    address(context), context.request().bytesRead(), context.response().bytesWritten(), context.get(CALLER, "-"));
        } finally {
            FIELDS.forEach(MDC::remove);
        }
    }

    /** Ours, which goes on from the caller's; without tracing the one that the caller's knows the request by. */
    private static Optional<String> trace(RoutingContext context) {
        SpanContext own = Span.current().getSpanContext();
        return own.isValid() ? Optional.of(own.getTraceId()) : TraceParent.traceId(context.request().getHeader(TraceParent.HEADER));
    }

    private static String method(RoutingContext context) {
        return shown(context.request().method().name(), LONGEST_METHOD);
    }

    /** Short, and without what a terminal obeys. */
    private static String shown(String text, int longest) {
        return text.substring(0, Math.min(longest, text.length())).replaceAll("[^!-~]", "?");
    }

    private static String address(RoutingContext context) {
        var remote = context.request().remoteAddress();
        return remote == null ? "-" : remote.hostAddress();
    }

    /** Fields of a JSON log. */
    private static void put(RoutingContext context, String id) {
        MDC.put(REQUEST_ID, id);
        MDC.put(CALLER_NAME, context.get(CALLER, "-"));
        MDC.put(ADDRESS, address(context));
        MDC.put(BYTES_IN, context.request().bytesRead());
        MDC.put(BYTES_OUT, context.response().bytesWritten());
        Optional.ofNullable(context.<String>get(TRACE)).ifPresent(trace -> MDC.put(TRACE_ID, trace));
    }
}
