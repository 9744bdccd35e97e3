package dev.darkroom.score.http;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A service without published weights, whatever is installed in the checkout, and with little room. */
public final class NoWeights implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "darkroom.model-store", "target/no-such-store",
                "darkroom.limits.max-megapixels", "0.5",
                "darkroom.limits.queue-megapixels", "1");
    }
}
