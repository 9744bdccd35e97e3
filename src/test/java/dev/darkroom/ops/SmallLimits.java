package dev.darkroom.ops;

import dev.darkroom.enhance.SmallStore;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A service with little room that may be administered. */
public final class SmallLimits implements QuarkusTestProfile {
    static final int MAX_UPLOAD = 64 * 1024;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "darkroom.model-store", SmallStore.baselines("denoise").toString(),
                "darkroom.inference.resident-models", "1",
                "darkroom.http.max-upload", "64K",
                "darkroom.limits.max-megapixels", "0.2",
                "darkroom.limits.queue-megapixels", "0.2",
                "darkroom.access.anonymous", "enhance,score,admin");
    }
}
