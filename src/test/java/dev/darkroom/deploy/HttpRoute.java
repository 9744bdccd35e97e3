package dev.darkroom.deploy;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;

/** The Gateway API's {@code gateway.networking.k8s.io/v1} HTTPRoute, the fields of its documentation that concern us. */
record HttpRoute(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {
    record Spec(List<Parent> parentRefs, List<String> hostnames, List<Rule> rules) {}

    record Parent(String name, String namespace, String sectionName) {}

    record Rule(List<Match> matches, Timeouts timeouts, List<Backend> backendRefs) {}

    record Match(Path path) {}

    record Path(String type, String value) {}

    record Timeouts(String request, String backendRequest) {}

    record Backend(String name, Integer port) {}
}
