package dev.darkroom.http.access;

import dev.darkroom.http.ForeignPageException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps pages of others from using a browser's way to a service that asks for no key: by a name of their own that leads here (DNS rebinding),
 * or by a post that no script needs to read the answer of.
 */
final class ForeignPages {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1", "[::1]");
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final String ANY = "*";

    private final Set<String> hosts;
    private final List<String> origins;

    /**
     * @param hosts   names of this service beside this machine's own; * for any
     * @param origins whose pages may call, as CORS has them
     */
    ForeignPages(Set<String> hosts, List<String> origins) {
        this.hosts = hosts;
        this.origins = origins;
    }

    /** @throws ForeignPageException if it was a page of somebody else that sent this */
    void check(HttpServerRequest request) {
        HostAndPort called = request.authority();
        if (called == null || !isOurs(called.host().toLowerCase(Locale.ROOT))) {
            throw ForeignPageException.host();
        }
        String origin = request.getHeader("Origin");
        if (SAFE.contains(request.method()) || origin != null && mayCall(origin)) {
            return;
        }
        boolean elsewhere = origin == null ? "cross-site".equals(request.getHeader("Sec-Fetch-Site")) : !isOf(called, origin);
        if (elsewhere) {
            throw ForeignPageException.origin();
        }
    }

    private boolean isOurs(String host) {
        return THIS_MACHINE.contains(host) || hosts.contains(ANY) || hosts.contains(host);
    }

    private boolean mayCall(String origin) {
        return origins.stream().anyMatch(allowed -> allowed.equals(ANY) || allowed.equals(origin)
                || allowed.length() > 2 && allowed.startsWith("/") && allowed.endsWith("/") && origin.matches(allowed.substring(1, allowed.length() - 1)));
    }

    /** Whatever ends TLS before this service may have changed the scheme. */
    private static boolean isOf(HostAndPort called, String origin) {
        try {
            URI page = URI.create(origin);
            return called.host().equalsIgnoreCase(page.getHost()) && port(called.port()) == port(page.getPort());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static int port(int said) {
        return said == 80 || said == 443 ? -1 : said;
    }
}
