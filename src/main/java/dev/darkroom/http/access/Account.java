package dev.darkroom.http.access;

import dev.darkroom.http.NotAuthenticatedException;
import io.vertx.ext.web.RoutingContext;

/** Whose request it is. */
public final class Account {
    private Account() {}

    /** What a caller's use is charged to: a key, a token's subject, or an address. */
    public static String of(RoutingContext context) {
        return Gate.caller(context).orElseThrow(NotAuthenticatedException::missing).account();
    }

    /** Whether it is one caller's alone: an address may stand for many, behind a gateway. */
    public static boolean isPersonal(RoutingContext context) {
        return !Gate.caller(context).orElseThrow(NotAuthenticatedException::missing).anonymous();
    }
}
