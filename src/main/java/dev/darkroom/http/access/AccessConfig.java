package dev.darkroom.http.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** {@code darkroom.access.*}: who may call, and how much. */
@ConfigMapping(prefix = "darkroom.access")
public interface AccessConfig {
    /** Roles of those who do not say who they are; unset: none. */
    Optional<Set<Role>> anonymous();

    /** Names by which those without key or token may call the service, beside localhost; * for any. */
    Optional<Set<String>> hosts();

    /** File with a line for each API key, as {@code ./darkroom key} prints it. */
    Optional<Path> keys();

    /** Requests of a caller in a minute, where the key's line does not say; unset: any number. */
    OptionalInt requestsPerMinute();

    /** Requests of a caller at a time, where the key's line does not say; unset: any number. */
    OptionalInt concurrentRequests();

    Jwt jwt();

    /** Bearer tokens (RFC 9068, OpenID Connect). */
    interface Jwt {
        /** Whose tokens are taken, as their {@code iss} says; unset: no tokens are. */
        Optional<String> issuer();

        /** What their {@code aud} must name. */
        @WithDefault("darkroom")
        String audience();

        /** Where the issuer's keys are (https, or file for a local copy); unset: as the issuer's OpenID configuration says. */
        Optional<URI> jwks();

        /** The claim with the roles: a list, or names with spaces between; dots lead into nested claims. */
        @WithDefault("roles")
        String rolesClaim();
    }

    default Allowance allowance() {
        return new Allowance(requestsPerMinute(), concurrentRequests());
    }
}
