package dev.darkroom.loss.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a measure's values rest on.
 *
 * @param facts the network's name and whatever else distinguishes this variant
 * @param weights the network's, then any others
 */
public record Provenance(FeatureNetworks networks, Map<String, String> facts, List<String> weights) {

    /** VGG16 alone. */
    public static Provenance vgg16(FeatureNetworks networks, Map<String, String> facts) {
        var all = new LinkedHashMap<>(Map.of("network", "vgg16"));
        all.putAll(facts);
        return new Provenance(networks, all, List.of("vgg16"));
    }

    public boolean installed() {
        return weights.stream().allMatch(networks::has);
    }

    /** The facts, {@code weights} for the network's digest, and the digests of others under their own names. */
    public Map<String, String> report() {
        var report = new LinkedHashMap<>(facts);
        for (String name : weights) {
            report.put(name.equals(weights.get(0)) ? "weights" : name, "sha256:" + networks.weights(name).sha256());
        }
        return report;
    }
}
