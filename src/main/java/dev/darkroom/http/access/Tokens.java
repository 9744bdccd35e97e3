package dev.darkroom.http.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import dev.darkroom.batching.NotReadyException;
import dev.darkroom.http.NotAuthenticatedException;
import dev.darkroom.http.NotAuthenticatedException.Reason;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks JSON Web Tokens of one issuer: signed with one of its keys, meant for this service, not expired (60 seconds of clock skew).
 *
 * <p>Only signatures with a public key are taken: a shared secret, or none, would let whoever verifies also sign. What a token says of itself
 * is looked at first, so that only what could be valid costs a calculation, or is a reason to ask the issuer for newer keys. Thread-safe;
 * never waits.
 */
final class Tokens {
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512,
            JWSAlgorithm.PS256, JWSAlgorithm.PS384, JWSAlgorithm.PS512, JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final AccessConfig.Jwt config;
    private final Allowance allowance;
    private final TokenKeys keys;
    private final DefaultJWTClaimsVerifier<SecurityContext> claimsVerifier;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /** @throws IllegalArgumentException if the issuer's keys would not be safe on their way */
    Tokens(String issuer, AccessConfig.Jwt config, Allowance allowance) {
        this(issuer, config, allowance, TokenKeys.of(issuer, config.jwks()));
    }

    Tokens(String issuer, AccessConfig.Jwt config, Allowance allowance, TokenKeys keys) {
        this.config = config;
        this.allowance = allowance;
        this.keys = keys;
        claimsVerifier = new DefaultJWTClaimsVerifier<>(config.audience(), new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("sub", "exp"));
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, (selector, none) -> selector.select(keys.known().orElseThrow())));
        processor.setJWTClaimsSetVerifier(claimsVerifier);
    }

    /**
     * Who holds the token; fails with {@link NotReadyException} if that cannot be told, because the issuer's keys cannot be had.
     *
     * @throws NotAuthenticatedException if it is not a valid one, which may also be found out later
     */
    CompletionStage<Caller> caller(String token) {
        SignedJWT parsed = plausible(token);
        if (isSignerKnown(parsed)) {
            return CompletableFuture.completedStage(verified(parsed));
        }
        return keys.newer().toCompletableFuture().orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).handle((done, late) -> {
            if (keys.known().isEmpty()) {
                throw new NotReadyException("tokens cannot be checked now");
            }
            if (!isSignerKnown(parsed)) {
                throw NotAuthenticatedException.refused(Reason.UNKNOWN_SIGNER);
            }
            return verified(parsed);
        });
    }

    /** What it says of itself, which nobody has confirmed yet. */
    private SignedJWT plausible(String token) {
        try {
            SignedJWT parsed = SignedJWT.parse(token);
            if (!ALGORITHMS.contains(parsed.getHeader().getAlgorithm())) {
                throw NotAuthenticatedException.refused(Reason.INVALID_TOKEN);
            }
            claimsVerifier.verify(parsed.getJWTClaimsSet(), null);
            return parsed;
        } catch (ExpiredJWTException e) {
            throw NotAuthenticatedException.refused(Reason.EXPIRED_TOKEN);
        } catch (ParseException | BadJWTException e) {
            throw NotAuthenticatedException.refused(Reason.INVALID_TOKEN);
        }
    }

    private boolean isSignerKnown(SignedJWT token) {
        String key = token.getHeader().getKeyID();
        return keys.known().filter(known -> key == null || known.getKeyByKeyId(key) != null).isPresent();
    }

    private Caller verified(SignedJWT token) {
        try {
            JWTClaimsSet claims = processor.process(token, null);
            return Caller.withToken(claims.getSubject(), roles(claims), allowance);
        } catch (BadJOSEException | JOSEException e) {
            throw NotAuthenticatedException.refused(Reason.INVALID_TOKEN);
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
