package dev.darkroom.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/** What is left of a body after its request has been answered. */
final class UnreadBody {
    /** A connection that is closed over bytes nobody has read takes the answer with it, so they run into nothing for a moment. */
    private static final Duration LINGER = Duration.ofSeconds(5);

    private UnreadBody() {}

    /** To be called before the answer. HTTP/2 ends the stream alone. */
    static void closeAfterwards(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.version() == HttpVersion.HTTP_2 || request.isEnded() || !has(request)) {
            return;
        }
        context.response().putHeader("Connection", "close");
        context.addEndHandler(end -> {
            if (end.succeeded()) {
                request.resume();
                context.vertx().setTimer(LINGER.toMillis(), time -> request.connection().close());
            }
        });
    }

    private static boolean has(HttpServerRequest request) {
        var headers = request.headers();
        return headers.contains("Transfer-Encoding") || headers.contains("Content-Length") && !headers.get("Content-Length").equals("0");
    }
}
