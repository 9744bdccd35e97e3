package dev.darkroom.http.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the API's description says there is: addresses, their methods, the query parameters of each.
 *
 * @param addresses those with the fewest variables first, so that the first that matches is the one that is meant
 */
record Contract(List<Address> addresses) {
    private static final String DOCUMENT = "META-INF/openapi.yaml";
    /** A pattern of further names, where there are too many to list. */
    private static final String MORE = "x-darkroom-more-parameters";
    private static final Set<String> METHODS = Set.of("get", "post", "delete");

    /** The description that this service publishes. */
    static Contract published() {
        try (InputStream document = Thread.currentThread().getContextClassLoader().getResourceAsStream(DOCUMENT)) {
            return of(new YAMLMapper().readTree(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Contract of(JsonNode document) {
        return new Contract(document.path("paths").properties().stream()
                .map(path -> address(path.getKey(), path.getValue(), document))
                .sorted(Comparator.comparingLong(Address::variables)).toList());
    }

    private static Address address(String template, JsonNode path, JsonNode document) {
        var operations = new LinkedHashMap<String, Operation>();
        path.properties().stream().filter(entry -> METHODS.contains(entry.getKey()))
                .forEach(entry -> operations.put(entry.getKey().toUpperCase(java.util.Locale.ROOT), operation(entry.getValue(), document)));
        return new Address(Address.segments(template), operations);
    }

    private static Operation operation(JsonNode operation, JsonNode document) {
        var names = new LinkedHashSet<String>();
        var lists = new HashSet<String>();
        for (JsonNode entry : operation.path("parameters")) {
            JsonNode parameter = entry.has("$ref") ? document.at(entry.get("$ref").textValue().substring(1)) : entry;
            if (parameter.get("in").textValue().equals("query")) {
                names.add(parameter.get("name").textValue());
                if (parameter.at("/schema/type").asText().equals("array")) {
                    lists.add(parameter.get("name").textValue());
                }
            }
        }
        return new Operation(names, lists, Optional.ofNullable(operation.get(MORE)).map(more -> Pattern.compile(more.textValue())));
    }

    /** The address that a path without its query leads to. */
    Optional<Address> find(String path) {
        List<String> segments = Address.segments(path);
        return addresses.stream().filter(address -> address.matches(segments)).findFirst();
    }

    /** The addresses that have a query parameter of this name; what takes any task is not what anybody means who names one. */
    Stream<Address> having(String parameter) {
        return addresses.stream().filter(address -> address.variables() == 0).filter(address -> address.operations().values().stream().anyMatch(operation -> operation.knows(parameter)));
    }
}
