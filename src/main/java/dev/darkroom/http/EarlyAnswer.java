package dev.darkroom.http;

import io.vertx.ext.web.RoutingContext;

/** Answers a failure before the request has reached a resource, and before its body has been read. */
public final class EarlyAnswer {
    private EarlyAnswer() {}

    public static void send(RoutingContext context, RuntimeException failure) {
        Problem.Answer answer = Problems.of(failure);
        Problem problem = answer.problem().forRequest(RequestLog.id(context));
        var response = context.response().setStatusCode(problem.status()).putHeader("Content-Type", Problem.MEDIA_TYPE);
        answer.headers().forEach(response::putHeader);
        UnreadBody.closeAfterwards(context);
        response.end(problem.json());
    }
}
