package dev.darkroom.http.access;

import dev.darkroom.http.NotAuthenticatedException;
import dev.darkroom.http.NotAuthenticatedException.Reason;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** What a request carries to show who sent it; it never prints what it holds. */
sealed interface Credential {
    String SCHEME = "Bearer ";

    /** An API key. */
    final class Key implements Credential {
        final String secret;

        private Key(String secret) {
            this.secret = secret;
        }
    }

    /** A JSON Web Token. */
    final class Token implements Credential {
        final String serialized;

        private Token(String serialized) {
            this.serialized = serialized;
        }
    }

    /**
     * A key may come in both headers, as clients send it that are told of both.
     *
     * @throws NotAuthenticatedException if there is something that is neither, or two that differ
     */
    static Optional<Credential> of(HttpServerRequest request) {
        String authorization = request.getHeader("Authorization");
        String key = request.getHeader("X-API-Key");
        if (authorization == null) {
            return Optional.ofNullable(key).map(Key::new);
        }
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw NotAuthenticatedException.refused(Reason.UNREADABLE);
        }
        String value = authorization.substring(SCHEME.length()).strip();
        if (key != null && !key.equals(value)) {
            throw NotAuthenticatedException.refused(Reason.UNREADABLE);
        }
        return Optional.of(value.startsWith(ApiKey.PREFIX) ? new Key(value) : new Token(value));
    }
}
