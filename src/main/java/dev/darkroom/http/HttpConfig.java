package dev.darkroom.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code darkroom.http.*} */
@ConfigMapping(prefix = "darkroom.http")
public interface HttpConfig {
    /** The most bytes an upload may have. */
    @WithDefault("128M")
    MemorySize maxUpload();
}
