package dev.darkroom.http.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.JWTProcessor;
import dev.darkroom.batching.NotReadyException;
import dev.darkroom.http.NotAuthenticatedException;
import java.io.IOException;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Checks JSON Web Tokens of one issuer: signed with one of its keys, meant for this service, not expired (60 seconds of clock skew).
 *
 * <p>Only signatures with a public key are taken: a shared secret, or none, would let whoever verifies also sign. Thread-safe; may
 * block while keys are fetched.
 */
final class Tokens {
    private static final Logger LOG = Logger.getLogger(Tokens.class);
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512,
            JWSAlgorithm.PS256, JWSAlgorithm.PS384, JWSAlgorithm.PS512, JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512);

    private final String issuer;
    private final AccessConfig.Jwt config;
    private final Allowance allowance;
    private volatile JWTProcessor<SecurityContext> processor;

    /** @throws IllegalArgumentException if the issuer's keys would not be safe on their way */
    Tokens(String issuer, AccessConfig.Jwt config, Allowance allowance) {
        this.issuer = issuer;
        this.config = config;
        this.allowance = allowance;
    }

    /**
     * Who holds the token.
     *
     * @throws NotAuthenticatedException if it is not a valid one
     * @throws NotReadyException         if that cannot be told, because the issuer's keys cannot be had
     */
    Caller caller(String token) {
        try {
            JWTClaimsSet claims = processor().process(token, null);
            return Caller.withToken(claims.getSubject(), roles(claims), allowance);
        } catch (ParseException | BadJOSEException e) {
            throw NotAuthenticatedException.refused();
        } catch (RateLimitReachedException e) {
            throw NotAuthenticatedException.refused(); // the issuer has just been asked, and has no such key
        } catch (KeySourceException | IOException e) {
            LOG.warnf("the keys of %s cannot be fetched: %s", issuer, e.getMessage());
            throw new NotReadyException("tokens cannot be checked now");
        } catch (JOSEException e) {
            throw NotAuthenticatedException.refused();
        }
    }

    /** Made for the first token, so that the service starts while the issuer is away. */
    private JWTProcessor<SecurityContext> processor() throws IOException {
        JWTProcessor<SecurityContext> known = processor;
        if (known != null) {
            return known;
        }
        synchronized (this) {
            if (processor == null) {
                processor = create();
            }
            return processor;
        }
    }

    private JWTProcessor<SecurityContext> create() throws IOException {
        try {
            var created = new DefaultJWTProcessor<SecurityContext>();
            created.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
            created.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, TokenKeys.of(issuer, config.jwks())));
            created.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(config.audience(),
                    new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("sub", "exp")));
            return created;
        } catch (ParseException e) {
            throw new IOException("they cannot be read", e);
        }
    }

    private Set<Role> roles(JWTClaimsSet claims) {
        Object value = claims.getClaims();
        for (String name : config.rolesClaim().split("\\.")) {
            value = value instanceof Map<?, ?> nested ? nested.get(name) : null;
        }
        Stream<?> names = value instanceof Collection<?> list ? list.stream()
                : value instanceof String text ? Arrays.stream(text.split(" ")) : Stream.empty();
        return names.flatMap(name -> Role.find(String.valueOf(name)).stream()).collect(Collectors.toUnmodifiableSet());
    }
}
