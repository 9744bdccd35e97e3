package dev.darkroom.http;

import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The query parameters of a request; of a list, which alone may come more than once, all of its items. An empty one counts as not given. */
public record Query(Map<String, String> values) {
    public static Query of(UriInfo address) {
        var values = new TreeMap<String, String>();
        address.getQueryParameters().forEach((name, all) -> values.put(name, String.join(",", all)));
        return new Query(values);
    }

    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isBlank());
    }
}
