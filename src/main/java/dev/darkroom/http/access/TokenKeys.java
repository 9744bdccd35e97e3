package dev.darkroom.http.access;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The keys that tokens are checked with, as they were when they could last be had. They are fetched by a thread of their own: from the start,
 * every few minutes, and sooner for a key that is not among them, but never sooner than half a minute after the last time. No request fetches
 * anything, and what is known stays known while the issuer is away.
 */
final class TokenKeys {
    private static final Logger LOG = Logger.getLogger(TokenKeys.class);
    private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(3).toMillis();
    private static final int MOST_BYTES = 1 << 20;
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration NOT_SOONER = Duration.ofSeconds(30);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** What can be asked for keys, which may take long or fail. */
    interface Source {
        JWKSet fetch() throws IOException, ParseException;
    }

    private final String issuer;
    private final Source source;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        var daemon = new Thread(task, "token-keys");
        daemon.setDaemon(true);
        return daemon;
    });
    private volatile JWKSet known;
    private CompletableFuture<Void> fetching = new CompletableFuture<>();
    private long fetchedNanos;
    private Duration pause = FIRST_PAUSE;

    /** Begins to fetch at once. */
    TokenKeys(String issuer, Source source) {
        this.issuer = issuer;
        this.source = source;
        thread.execute(this::fetch);
    }

    /** @throws IllegalArgumentException if they would not be safe on their way */
    static TokenKeys of(String issuer, Optional<URI> jwks) {
        if (jwks.isPresent() && "file".equals(jwks.get().getScheme())) {
            return new TokenKeys(issuer, () -> JWKSet.load(Path.of(jwks.get()).toFile()));
        }
        ResourceRetriever retriever = new DefaultResourceRetriever(PATIENCE_MILLIS, PATIENCE_MILLIS, MOST_BYTES);
        URI address = requireSafe(jwks.orElseGet(() -> URI.create(issuer.replaceAll("/$", "") + "/.well-known/openid-configuration")));
        return new TokenKeys(issuer, () -> {
            URI keys = jwks.isPresent() ? address : discover(issuer, address, retriever);
            return JWKSet.parse(retriever.retrieveResource(keys.toURL()).getContent());
        });
    }

    /** Empty until they could be had once. */
    Optional<JWKSet> known() {
        return Optional.ofNullable(known);
    }

    /** Completes when they have been fetched anew, or could not be; at once if that was tried just before. */
    synchronized CompletionStage<Void> newer() {
        boolean tried = fetching.isDone();
        if (tried && System.nanoTime() - fetchedNanos > NOT_SOONER.toNanos()) {
            fetching = new CompletableFuture<>();
            thread.execute(this::fetch);
        }
        return fetching.copy();
    }

    private void fetch() {
        Duration next = FRESH;
        try {
            known = source.fetch();
            pause = FIRST_PAUSE;
        } catch (IOException | ParseException | RuntimeException e) {
            LOG.warnf("the keys of %s cannot be fetched: %s", issuer, e.getMessage());
            next = pause;
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
        synchronized (this) {
            fetchedNanos = System.nanoTime();
            fetching.complete(null);
        }
        thread.schedule(this::fetchUnlessFresh, next.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Somebody may have asked for it meanwhile; then the one after that comes later. */
    private void fetchUnlessFresh() {
        boolean fresh;
        synchronized (this) {
            fresh = known != null && System.nanoTime() - fetchedNanos < FRESH.toNanos() / 2;
        }
        if (!fresh) {
            fetch();
        }
    }

    /** OpenID Connect Discovery 1.0, section 4. */
    private static URI discover(String issuer, URI address, ResourceRetriever retriever) throws IOException, ParseException {
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
