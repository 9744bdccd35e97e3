package dev.darkroom.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.darkroom.batching.NotReadyException;
import dev.darkroom.http.NotAuthenticatedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
    private final Issuer issuer = new Issuer();
    private Tokens tokens;

    @BeforeEach
    void trustTheIssuer(@TempDir Path folder) throws IOException {
        URI jwks = Files.writeString(folder.resolve("jwks.json"), issuer.jwks()).toUri();
        tokens = tokens(Issuer.NAME, Optional.of(jwks), "roles");
        assertThat(caller(tokens, issuer.token("enhance")).name()).isEqualTo("carol"); // the file has been read
    }

    @Test
    void takesATokenAndItsRoles() {
        Caller caller = caller(tokens, issuer.token("enhance", "admin", "emperor"));
        assertThat(caller.name()).isEqualTo("carol");
        assertThat(caller.roles()).containsExactlyInAnyOrder(Role.ENHANCE, Role.ADMIN);
        assertThat(caller.anonymous()).isFalse();
    }

    @Test
    void readsRolesFromATextAndFromANestedClaim(@TempDir Path folder) throws IOException {
        URI jwks = Files.writeString(folder.resolve("jwks.json"), issuer.jwks()).toUri();
        String text = issuer.sign(Issuer.claims().claim("scope", "openid score enhance").build());
        String nested = issuer.sign(Issuer.claims().claim("realm_access", Map.of("roles", List.of("score"))).build());

        assertThat(caller(tokens(Issuer.NAME, Optional.of(jwks), "scope"), text).roles()).containsExactlyInAnyOrder(Role.SCORE, Role.ENHANCE);
        assertThat(caller(tokens(Issuer.NAME, Optional.of(jwks), "realm_access.roles"), nested).roles()).containsExactly(Role.SCORE);
        assertThat(caller(tokens(Issuer.NAME, Optional.of(jwks), "roles.deeper.still"), text).roles()).isEmpty();
    }

    @Test
    void refusesAnExpiredToken() {
        refuses(issuer.sign(Issuer.claims("admin").expirationTime(Date.from(Instant.now().minusSeconds(120))).build()));
    }

    @Test
    void refusesATokenForAnotherServiceOrFromAnotherIssuer() {
        refuses(issuer.sign(Issuer.claims("admin").audience("another").build()));
        refuses(issuer.sign(Issuer.claims("admin").issuer("https://else.example").build()));
    }

    @Test
    void refusesATokenWithoutAnEndOrASubject() {
        refuses(issuer.sign(Issuer.claims("admin").expirationTime(null).build()));
        refuses(issuer.sign(Issuer.claims("admin").subject(null).build()));
    }

    @Test
    void refusesATokenThatIsNotYetValid() {
        refuses(issuer.sign(Issuer.claims("admin").notBeforeTime(Date.from(Instant.now().plusSeconds(600))).build()));
    }

    @Test
    void refusesAnotherKeysSignature() {
        refuses(new Issuer().token("admin"));
    }

    @Test
    void refusesATokenThatNobodySigned() {
        refuses(new PlainJWT(Issuer.claims("admin").build()).serialize());
    }

    /** The public key is no secret, so it must not do as one. */
    @Test
    void refusesATokenSignedWithThePublicKeyAsASharedSecret() throws Exception {
        var token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("test").build(), Issuer.claims("admin").build());
        token.sign(new MACSigner(issuer.key().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
        refuses(token.serialize());
    }

    @Test
    void refusesAChangedToken() {
        String[] parts = issuer.token("enhance").split("\\.");
        String[] others = issuer.sign(new JWTClaimsSet.Builder(Issuer.claims("admin").build()).build()).split("\\.");
        refuses(parts[0] + "." + others[1] + "." + parts[2]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b.c", "e30.e30.", "eyJhbGciOiJFUzI1NiJ9..", "....", "eyJhbGciOiJkaXIifQ....x"})
    void refusesWhatIsNoToken(String token) {
        refuses(token);
    }

    @Test
    void findsTheKeysAsOpenIdSays() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var keyRequests = new AtomicInteger();
        String address = "http://localhost:" + server.getAddress().getPort();
        answer(server, "/.well-known/openid-configuration", "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(address, address));
        answer(server, "/keys", issuer.jwks(), keyRequests);
        server.start();
        try {
            Tokens discovered = tokens(address, Optional.empty(), "roles");
            assertThat(caller(discovered, issuer.sign(Issuer.claims("score").issuer(address).build())).roles()).containsExactly(Role.SCORE);
            for (int i = 0; i < 20; i++) { // the issuer is not asked again for each
                String unknownKey = new Issuer().sign(Issuer.claims("score").issuer(address).build(), "unknown-" + i);
                assertThatThrownBy(() -> caller(discovered, unknownKey)).isInstanceOf(NotAuthenticatedException.class);
            }
            assertThat(keyRequests).hasValueLessThan(5);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void saysThatItCannotTellWhileTheIssuerIsAway() {
        Tokens unreachable = tokens(Issuer.NAME, Optional.of(URI.create("http://localhost:1/keys")), "roles");
        assertThatThrownBy(() -> caller(unreachable, issuer.token("admin"))).isInstanceOf(NotReadyException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://issuer.example/keys", "ftp://issuer.example/keys", "http://localhost.example/keys", "keys"})
    void fetchesNoKeysWithoutTls(String address) {
        assertThatThrownBy(() -> TokenKeys.requireSafe(URI.create(address))).isInstanceOf(IllegalArgumentException.class);
    }

    /** An issuer that never answers costs nobody anything but those who need its answer, and of them nobody a thread. */
    @Test
    void fetchesNothingForWhatCannotBeAToken() throws Exception {
        var asked = new CountDownLatch(1);
        var answers = new CountDownLatch(1);
        Tokens slow = tokens(() -> {
            asked.countDown();
            await(answers);
            return JWKSet.parse(issuer.jwks());
        });
        assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();

        assertThatThrownBy(() -> slow.caller("x")).isInstanceOf(NotAuthenticatedException.class);
        assertThatThrownBy(() -> slow.caller(issuer.sign(Issuer.claims("admin").issuer("https://else.example").build()))).isInstanceOf(NotAuthenticatedException.class);
        CompletionStage<Caller> waiting = slow.caller(issuer.token("score"));
        assertThat(waiting.toCompletableFuture()).isNotDone();

        answers.countDown();
        assertThat(waiting.toCompletableFuture().get(1, TimeUnit.MINUTES).name()).isEqualTo("carol");
    }

    @Test
    void remembersThatTheIssuerCouldNotBeReached() {
        var asked = new AtomicInteger();
        Tokens away = tokens(() -> {
            asked.incrementAndGet();
            throw new IOException("no route");
        });
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> caller(away, issuer.token("admin"))).isInstanceOf(NotReadyException.class);
        }
        assertThat(asked).hasValueLessThan(5);
    }

    @Test
    void asksNotAgainAndAgainForAKeyThatIsNotThere() throws Exception {
        var now = new AtomicReference<>(new Issuer());
        Tokens tokens = tokens(() -> JWKSet.parse(now.get().jwks()));
        caller(tokens, now.get().token("score"));
        var another = new Issuer();
        String unknown = another.sign(Issuer.claims("score").build(), "another");

        assertThatThrownBy(() -> caller(tokens, unknown)).isInstanceOf(NotAuthenticatedException.class);
        assertThat(caller(tokens, now.get().token("score")).name()).isEqualTo("carol");
    }

    private Tokens tokens(TokenKeys.Source source) {
        return new Tokens(Issuer.NAME, config(Issuer.NAME, Optional.empty(), "roles"), Allowance.UNLIMITED, new TokenKeys(Issuer.NAME, source));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Caller caller(Tokens tokens, String token) {
        try {
            return tokens.caller(token).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    private void refuses(String token) {
        assertThatThrownBy(() -> caller(tokens, token)).isInstanceOf(NotAuthenticatedException.class).hasMessage("the API key or token is not valid here");
    }

    private static void answer(HttpServer server, String path, String json) {
        answer(server, path, json, new AtomicInteger());
    }

    private static void answer(HttpServer server, String path, String json, AtomicInteger requests) {
        server.createContext(path, exchange -> {
            requests.incrementAndGet();
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private static Tokens tokens(String issuer, Optional<URI> jwks, String rolesClaim) {
        return new Tokens(issuer, config(issuer, jwks, rolesClaim), Allowance.UNLIMITED);
    }

    private static AccessConfig.Jwt config(String issuer, Optional<URI> jwks, String rolesClaim) {
        return new AccessConfig.Jwt() {
            @Override
            public Optional<String> issuer() {
                return Optional.of(issuer);
            }

            @Override
            public String audience() {
                return "darkroom";
            }

            @Override
            public Optional<URI> jwks() {
                return jwks;
            }

            @Override
            public String rolesClaim() {
                return rolesClaim;
            }
        };
    }
}
