package dev.darkroom.http.contract;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Gives the metrics of requests labels that clients cannot make up: addresses and methods that the API's description lacks are one each, and who
 * hangs up has a status like others.
 */
@Singleton
final class RequestLabels implements MeterFilter {
    private static final Set<String> FRAMEWORK = Set.of("NOT_FOUND", "REDIRECTION", "UNKNOWN", "root");
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "DELETE", "OPTIONS");

    private final Contract contract = Contract.published();
    private final Set<String> templates = contract.addresses().stream().flatMap(RequestLabels::templates).collect(Collectors.toSet());

    /** As the description has it, and as the resource has it that does all tasks. */
    private static Stream<String> templates(Address address) {
        List<String> segments = address.segments();
        String after = segments.stream().skip(2).map("/"::concat).collect(Collectors.joining());
        return Stream.of("/" + String.join("/", segments), "/" + segments.get(0) + "/{task}" + after);
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        return id.getName().equals("http.server.requests") ? id.replaceTags(id.getTags().stream().map(this::sane).toList()) : id;
    }

    private Tag sane(Tag tag) {
        return switch (tag.getKey()) {
            case "uri" -> Tag.of("uri", address(tag.getValue()));
            case "method" -> METHODS.contains(tag.getValue()) ? tag : Tag.of("method", "OTHER");
            case "status" -> tag.getValue().equals("RESET") ? Tag.of("status", "499") : tag;
            default -> tag;
        };
    }

    private String address(String uri) {
        if (FRAMEWORK.contains(uri) || templates.contains(uri)) {
            return uri;
        }
        if (!uri.startsWith("/v1")) {
            return "root"; // the page and its files
        }
        return contract.find(uri).map(address -> "/" + String.join("/", address.segments())).orElse("UNKNOWN");
    }
}
