package dev.darkroom.enhance.http;

import dev.darkroom.batching.Standing;
import dev.darkroom.http.access.Account;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a request stands among others: callers take turns, and {@code Priority: u=0} to {@code u=7} orders a caller's own (RFC 9218). It is
 * overlooked without key or token: many may come from one address, and browsers send it by themselves.
 */
public final class Precedence {
    /** A dictionary of structured fields (RFC 8941), of which only this member counts here; whatever else there is is overlooked. */
    private static final Pattern URGENCY = Pattern.compile("(?:^|,)[ \\t]*u=([0-7])[ \\t]*(?:$|[,;])");

    private Precedence() {}

    public static Standing of(RoutingContext context) {
        return of(Account.of(context), Account.isPersonal(context) ? context.request().getHeader("Priority") : null);
    }

    /** @param priority the header, or null */
    static Standing of(String account, String priority) {
        Matcher urgency = URGENCY.matcher(priority == null ? "" : priority);
        Standing standing = Standing.of(account);
        return urgency.find() ? standing.withUrgency(Integer.parseInt(urgency.group(1))) : standing;
    }
}
