package dev.darkroom.http;

import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/** Answers a failure before the request has reached a resource, and before its body has been read. */
public final class EarlyAnswer {
    private EarlyAnswer() {}

    public static void send(RoutingContext context, RuntimeException failure) {
        Problem.Answer answer = Problems.of(failure);
        Problem problem = answer.problem().forRequest(RequestLog.id(context));
        var response = context.response().setStatusCode(problem.status()).putHeader("Content-Type", Problem.MEDIA_TYPE);
        answer.headers().forEach(response::putHeader);
        if (hasBody(context) && context.request().version() != HttpVersion.HTTP_2) {
            response.putHeader("Connection", "close"); // the body is not worth reading; HTTP/2 ends the stream alone
        }
        response.end(problem.json());
    }

    private static boolean hasBody(RoutingContext context) {
        var headers = context.request().headers();
        return headers.contains("Transfer-Encoding") || headers.contains("Content-Length") && !headers.get("Content-Length").equals("0");
    }
}
