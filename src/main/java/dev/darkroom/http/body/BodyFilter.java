package dev.darkroom.http.body;

import dev.darkroom.http.HttpConfig;
import dev.darkroom.http.UploadLimit;
import dev.darkroom.http.access.Account;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Priorities;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Reads the bodies of requests that may be made, on the event loop; no thread works on a request before its body is there. */
final class BodyFilter {
    private final Arrivals arrivals;
    private final UploadLimit limit;
    private final HttpConfig config;

    BodyFilter(Arrivals arrivals, UploadLimit limit, HttpConfig config) {
        this.arrivals = arrivals;
        this.limit = limit;
        this.config = config;
    }

    @ServerRequestFilter(priority = Priorities.AUTHORIZATION + 1, nonBlocking = true)
    Uni<Void> read(RoutingContext context) {
        RequestMemory.begin(context);
        if (!context.request().method().equals(HttpMethod.POST)) {
            return Uni.createFrom().voidItem();
        }
        Arrivals.Arrival arrival = arrivals.begin(Account.of(context));
        try {
            var reception = new Reception(context.request(), arrival, limit, config, context.vertx());
            RequestMemory.of(context).add(reception); // whoever called may have gone while it was looked up who that was
            return Uni.createFrom().completionStage(reception.begin().toCompletionStage())
                    .invoke(upload -> upload.arrivedFor(context)).replaceWithVoid();
        } catch (Throwable e) {
            arrival.close();
            throw e;
        }
    }
}
