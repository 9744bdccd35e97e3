package dev.darkroom.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code darkroom.http.*} */
@ConfigMapping(prefix = "darkroom.http")
public interface HttpConfig {
    /** The most bytes an upload may have. */
    @WithDefault("128M")
    MemorySize maxUpload();

    /** How long an upload may take to arrive. */
    @WithDefault("5m")
    Duration uploadTimeout();

    /** The fewest bytes a second, on average after the first ten seconds, with which an upload may arrive and an answer be taken. */
    @WithDefault("16K")
    MemorySize leastRate();

    /** Uploads of one caller that may be arriving at a time. */
    @WithDefault("64")
    int uploadsOfACaller();

    /** Connections that one address may have open. */
    @WithDefault("1000")
    int connectionsOfAnAddress();

    /** How long a connection may have no request. */
    @WithDefault("11m")
    Duration idleTimeout();

    /** Whether HTTP/2 is spoken without TLS. Its upgrade from HTTP/1.1 does not go together with Expect: 100-continue. */
    @WithDefault("false")
    boolean clearTextHttp2();
}
