package dev.darkroom.http.access;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;

/** Where the keys come from that tokens are checked with. */
final class TokenKeys {
    private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(3).toMillis();
    private static final int MOST_BYTES = 1 << 20;

    private TokenKeys() {}

    /** The issuer's keys, fetched when one is missing, kept for minutes and used for longer while the issuer cannot be reached. */
    static JWKSource<SecurityContext> of(String issuer, Optional<URI> jwks) throws IOException, ParseException {
        if (jwks.isPresent() && "file".equals(jwks.get().getScheme())) {
            return new ImmutableJWKSet<>(JWKSet.load(Path.of(jwks.get()).toFile()));
        }
        ResourceRetriever retriever = new DefaultResourceRetriever(PATIENCE_MILLIS, PATIENCE_MILLIS, MOST_BYTES);
        URI keys = jwks.isPresent() ? requireSafe(jwks.get()) : discover(issuer, retriever);
        return JWKSourceBuilder.create(keys.toURL(), retriever).retrying(true).outageTolerantForever().build();
    }

    /** OpenID Connect Discovery 1.0, section 4. */
    private static URI discover(String issuer, ResourceRetriever retriever) throws IOException, ParseException {
        URI address = requireSafe(URI.create(issuer.replaceAll("/$", "") + "/.well-known/openid-configuration"));
        var configuration = JSONObjectUtils.parse(retriever.retrieveResource(address.toURL()).getContent());
        if (!issuer.equals(JSONObjectUtils.getString(configuration, "issuer"))) {
            throw new IOException("the OpenID configuration is another issuer's");
        }
        return requireSafe(JSONObjectUtils.getURI(configuration, "jwks_uri"));
    }

    /** Whoever can change the keys on their way can sign tokens, so they come by TLS, or from this machine. */
    static URI requireSafe(URI address) {
        boolean here = "http".equals(address.getScheme()) && ("localhost".equals(address.getHost()) || "127.0.0.1".equals(address.getHost()));
        if (!here && !"https".equals(address.getScheme())) {
            throw new IllegalArgumentException("an issuer and its keys have https addresses");
        }
        return address;
    }
}
