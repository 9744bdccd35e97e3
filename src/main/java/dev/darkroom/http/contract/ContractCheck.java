package dev.darkroom.http.contract;

import dev.darkroom.http.EarlyAnswer;
import dev.darkroom.http.EncodedUploadException;
import dev.darkroom.http.FilterOrder;
import dev.darkroom.http.InvalidQueryException;
import dev.darkroom.http.MethodNotAllowedException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.NotFoundException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Refuses what the API's description does not have: addresses, methods and query parameters under {@code /v1}, before a byte of the body
 * is read. What is not documented is not there.
 */
@ApplicationScoped
final class ContractCheck {
    /** Such as image/png; parameters may follow. */
    private static final Pattern MEDIA_TYPE = Pattern.compile("\\s*[\\w!#$&^.+-]+/[\\w!#$&^.+-]+\\s*(;.*)?");
    private static final int LONGEST_NAME = 32;
    private static final int LONGEST_MEDIA_TYPE = 256;

    private final Contract contract = Contract.published();

    void register(@Observes Filters filters) {
        filters.register(this::check, FilterOrder.CONTRACT);
    }

    private void check(RoutingContext context) {
        if (!context.normalizedPath().startsWith("/v1")) {
            context.next();
            return;
        }
        try {
            Address address = contract.find(context.normalizedPath()).orElseThrow(NotFoundException::new);
            if (context.request().method().equals(HttpMethod.OPTIONS)) {
                context.response().setStatusCode(204).putHeader("Allow", address.allowed()).end();
                return;
            }
            String method = context.request().method().name();
            Operation operation = address.operation(method).orElseThrow(() -> new MethodNotAllowedException(method, address.allowed()));
            checkQuery(query(context), operation, address);
            checkBody(context.request().headers());
            context.next();
        } catch (RuntimeException e) {
            EarlyAnswer.send(context, e);
        }
    }

    private static MultiMap query(RoutingContext context) {
        try {
            return context.queryParams();
        } catch (RuntimeException e) {
            throw new InvalidQueryException("the query cannot be read: % is followed by two hexadecimal digits");
        }
    }

    private void checkQuery(MultiMap query, Operation operation, Address address) {
        for (String name : query.names()) {
            if (!operation.knows(name)) {
                throw new InvalidQueryException(unknown(name, operation, address));
            }
            if (query.getAll(name).size() > 1 && !operation.mayRepeat(name)) {
                throw new InvalidQueryException("the parameter %s is given more than once".formatted(printable(name)));
            }
        }
    }

    private String unknown(String name, Operation operation, Address address) {
        String elsewhere = contract.having(name).map(Address::toString).collect(Collectors.joining(", "));
        if (!elsewhere.isEmpty()) {
            return "%s is no parameter of %s, only of %s".formatted(printable(name), address, elsewhere);
        }
        return "there is no parameter %s here%s".formatted(printable(name), operation.nearest(name).map("; did you mean %s?"::formatted)
                .orElse(operation.parameters().isEmpty() ? ", nor any other" : "; there are " + String.join(", ", operation.parameters())));
    }

    /** An answer repeats no more of a request than can do no harm. */
    private static String printable(String name) {
        return name.substring(0, Math.min(LONGEST_NAME, name.length())).replaceAll("[^A-Za-z0-9._-]", "?");
    }

    /** The bytes decide what a body is: a Content-Type that is none, or not there, says nothing. */
    private static void checkBody(MultiMap headers) {
        String encoding = headers.get("Content-Encoding");
        if (encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity")) {
            throw new EncodedUploadException(printable(encoding.strip()));
        }
        String type = headers.get("Content-Type");
        if (type == null || type.length() > LONGEST_MEDIA_TYPE || !MEDIA_TYPE.matcher(type).matches()) {
            headers.set("Content-Type", "application/octet-stream");
        }
    }
}
