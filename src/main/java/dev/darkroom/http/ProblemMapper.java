package dev.darkroom.http;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers every failure with a problem, and logs those that are our fault. */
final class ProblemMapper {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    @ServerExceptionMapper
    Response answer(Throwable thrown, RoutingContext context) {
        Throwable cause = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof ClientGoneException || cause instanceof CancellationException) {
            return Response.status(RequestLog.CLIENT_GONE).build(); // which nobody reads: only clients that go cancel their requests
        }
        Throwable failure = MalformedFormException.of(cause).<Throwable>map(form -> form).orElse(cause);
        UnreadBody.closeAfterwards(context);
        Problem.Answer answer = Problems.of(failure);
        String requestId = RequestLog.id(context);
        if (answer.problem().status() == 500) {
            LOG.errorf(failure, "request %s failed", requestId);
        }
        var response = Response.status(answer.problem().status())
                .type(Problem.MEDIA_TYPE)
                .entity(answer.problem().forRequest(requestId).json());
        answer.headers().forEach(response::header);
        return response.build();
    }
}
