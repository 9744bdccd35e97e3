package dev.darkroom.http.access;

import dev.darkroom.http.EarlyAnswer;
import dev.darkroom.http.FilterOrder;
import dev.darkroom.http.NotAuthenticatedException;
import dev.darkroom.http.RequestLog;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Finds out who calls, and turns away, before a byte of the body is read, those who may not or who ask for too much.
 *
 * <p>What they may do is {@link RoleCheck}'s. Everything under {@code /v1} passes here but OPTIONS, which tells what the API's description does; the rest is health, metrics and the API's
 * description (docs/security.md).
 */
@ApplicationScoped
final class Gate {
    private static final int MOST_ACCOUNTS = 10_000;
    private static final Duration BETWEEN_LOOKS_AT_THE_KEYS = Duration.ofSeconds(1);
    private static final String CALLER = "darkroom.access.caller";

    private final Doors doors;
    private final Accounts accounts = new Accounts(MOST_ACCOUNTS, System::nanoTime);

    Gate(AccessConfig config, Vertx vertx) {
        doors = Doors.of(config);
        vertx.setPeriodic(BETWEEN_LOOKS_AT_THE_KEYS.toMillis(), tick -> vertx.executeBlocking(this::refresh, false));
    }

    private Void refresh() {
        doors.refresh();
        return null;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, FilterOrder.GATE);
    }

    /** Empty if the request did not come through the gate. */
    static Optional<Caller> caller(RoutingContext context) {
        return Optional.ofNullable(context.get(CALLER));
    }

    private void check(RoutingContext context) {
        boolean asksOnlyWhatThereIs = context.request().method().equals(HttpMethod.OPTIONS);
        if (!context.normalizedPath().startsWith("/v1") || asksOnlyWhatThereIs) {
            context.next();
            return;
        }
        try {
            Optional<Credential> credential = Credential.of(context.request());
            if (credential.isPresent() && credential.get() instanceof Credential.Token token) {
                checkToken(context, token);
            } else {
                enter(context, credential.isPresent()
                        ? doors.withKey((Credential.Key) credential.get())
                        : doors.anonymous(address(context.request())));
            }
        } catch (RuntimeException e) {
            EarlyAnswer.send(context, e);
        }
    }

    /** The issuer's keys may have to be fetched, which is nothing for the event loop; the body waits meanwhile. */
    private void checkToken(RoutingContext context, Credential.Token token) {
        context.request().pause();
        context.vertx().<Caller>executeBlocking(() -> doors.withToken(token), false).onComplete(known -> {
            context.request().resume();
            if (known.succeeded()) {
                enter(context, known.result());
            } else {
                EarlyAnswer.send(context, known.cause() instanceof RuntimeException typed ? typed : new IllegalStateException(known.cause()));
            }
        });
    }

    private void enter(RoutingContext context, Caller caller) {
        RequestLog.caller(context, caller.name());
        if (caller.anonymous() && caller.roles().isEmpty()) {
            EarlyAnswer.send(context, NotAuthenticatedException.missing());
            return;
        }
        if (!caller.allowance().isUnlimited() && !charge(context, caller)) {
            return;
        }
        context.put(CALLER, caller);
        context.next();
    }

    private boolean charge(RoutingContext context, Caller caller) {
        Accounts.Standing standing = accounts.enter(caller.account(), caller.allowance());
        context.response().putHeader("RateLimit-Policy", standing.policy()).putHeader("RateLimit", standing.rest());
        if (standing.refusal().isPresent()) {
            EarlyAnswer.send(context, standing.refusal().get());
            return false;
        }
        var running = new AtomicBoolean(true);
        context.addEndHandler(end -> {
            if (running.getAndSet(false)) {
                accounts.leave(caller.account());
            }
        });
        return true;
    }

    private static String address(HttpServerRequest request) {
        return request.remoteAddress() == null ? "unknown" : Network.of(request.remoteAddress().hostAddress());
    }
}
