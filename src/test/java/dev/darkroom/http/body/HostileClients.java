package dev.darkroom.http.body;

import dev.darkroom.enhance.SmallStore;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;

/** A service of small networks with the manifests' memory, few threads and little patience. */
public final class HostileClients implements QuarkusTestProfile {
    static final int THREADS = 8;
    static final int UPLOADS_OF_A_CALLER = 40;
    static final int CONNECTIONS_OF_AN_ADDRESS = 100;

    @Override
    public Map<String, String> getConfigOverrides() {
        var settings = new HashMap<>(new SmallStore().getConfigOverrides());
        settings.put("quarkus.thread-pool.max-threads", Integer.toString(THREADS));
        settings.put("quarkus.vertx.worker-pool-size", Integer.toString(THREADS));
        settings.put("darkroom.limits.queue-memory", "1800M");
        settings.put("darkroom.http.upload-timeout", "6s");
        settings.put("darkroom.http.least-rate", "32M");
        settings.put("darkroom.http.uploads-of-a-caller", Integer.toString(UPLOADS_OF_A_CALLER));
        settings.put("darkroom.http.connections-of-an-address", Integer.toString(CONNECTIONS_OF_AN_ADDRESS));
        return settings;
    }
}
