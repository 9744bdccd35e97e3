package dev.darkroom.http.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;

/** Someone who signs tokens. */
final class Issuer {
    static final String NAME = "https://issuer.example";
    private final ECKey key = generate();

    private static ECKey generate() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("test").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    ECKey key() {
        return key;
    }

    String jwks() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    static JWTClaimsSet.Builder claims(String... roles) {
        return new JWTClaimsSet.Builder().issuer(NAME).audience("darkroom").subject("carol")
                .expirationTime(Date.from(Instant.now().plus(1, ChronoUnit.HOURS))).claim("roles", List.of(roles));
    }

    String token(String... roles) {
        return sign(claims(roles).build());
    }

    String sign(JWTClaimsSet claims) {
        return sign(claims, key.getKeyID());
    }

    String sign(JWTClaimsSet claims, String keyId) {
        try {
            var token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(keyId).type(JOSEObjectType.JWT).build(), claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
