package dev.darkroom.http.access;

import dev.darkroom.http.EarlyAnswer;
import dev.darkroom.http.FilterOrder;
import dev.darkroom.http.NotAuthenticatedException;
import dev.darkroom.http.NotAuthenticatedException.Reason;
import dev.darkroom.http.RequestLog;
import dev.darkroom.http.connection.Network;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

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
    private final ForeignPages pages;
    private final Map<Reason, Counter> refusals;
    private final Accounts accounts = new Accounts(MOST_ACCOUNTS, System::nanoTime);

    Gate(AccessConfig config, Vertx vertx, MeterRegistry meters,
            @ConfigProperty(name = "quarkus.http.cors.origins") Optional<List<String>> origins) {
        pages = new ForeignPages(config.hosts().orElse(Set.of()), origins.orElse(List.of()));
        refusals = Arrays.stream(Reason.values()).collect(Collectors.toMap(reason -> reason, reason -> Counter.builder("darkroom.access.refusals")
                .description("Requests whose caller was not known").tag("reason", reason.name().toLowerCase(Locale.ROOT)).register(meters)));
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
            refuse(context, e);
        }
    }

    private void refuse(RoutingContext context, RuntimeException failure) {
        if (failure instanceof NotAuthenticatedException stranger) {
            refusals.get(stranger.reason()).increment();
        }
        EarlyAnswer.send(context, failure);
    }

    /** A signature takes a moment to check, and newer keys to come, which is nothing for the event loop; the body waits meanwhile. */
    private void checkToken(RoutingContext context, Credential.Token token) {
        context.request().pause();
        context.vertx().executeBlocking(() -> doors.withToken(token), false)
                .compose(caller -> Future.fromCompletionStage(caller, context.vertx().getOrCreateContext()))
                .onComplete(known -> {
                    context.request().resume();
                    Throwable failure = known.cause() instanceof CompletionException wrapped ? wrapped.getCause() : known.cause();
                    if (context.response().closed()) {
                        return;
                    }
                    if (known.succeeded()) {
                        enter(context, known.result());
                    } else {
                        refuse(context, failure instanceof RuntimeException typed ? typed : new IllegalStateException(failure));
                    }
                });
    }

    private void enter(RoutingContext context, Caller caller) {
        RequestLog.caller(context, caller.name());
        try {
            requireKnown(context, caller);
        } catch (RuntimeException e) {
            refuse(context, e);
            return;
        }
        if (!caller.allowance().isUnlimited() && !charge(context, caller)) {
            return;
        }
        context.put(CALLER, caller);
        context.next();
    }

    private void requireKnown(RoutingContext context, Caller caller) {
        if (caller.anonymous() && caller.roles().isEmpty()) {
            throw NotAuthenticatedException.missing();
        }
        if (caller.anonymous()) {
            pages.check(context.request());
        }
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
