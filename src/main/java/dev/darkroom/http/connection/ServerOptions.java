package dev.darkroom.http.connection;

import dev.darkroom.http.HttpConfig;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * Without TLS the port speaks HTTP/1.1 alone, unless an operator wants otherwise: whoever upgrades a request that also expects 100 Continue is told
 * 101 first and waits for the other for ever.
 */
@Singleton
final class ServerOptions implements HttpServerOptionsCustomizer {
    private final HttpConfig config;

    ServerOptions(HttpConfig config) {
        this.config = config;
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(config.clearTextHttp2());
    }
}
