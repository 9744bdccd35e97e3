package dev.darkroom.http.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A path and what can be done there.
 *
 * @param segments   those in braces stand for anything
 * @param operations by method; HEAD is wherever GET is
 */
record Address(List<String> segments, Map<String, Operation> operations) {

    /** Of a path or a template; parameters behind a semicolon are none of it, nor are empty segments. */
    static List<String> segments(String path) {
        return Arrays.stream(path.split("/")).map(segment -> segment.split(";", 2)[0]).filter(segment -> !segment.isEmpty()).toList();
    }

    boolean matches(List<String> path) {
        return path.size() == segments.size()
                && IntStream.range(0, path.size()).allMatch(i -> isVariable(segments.get(i)) || segments.get(i).equals(path.get(i)));
    }

    long variables() {
        return segments.stream().filter(Address::isVariable).count();
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{");
    }

    Optional<Operation> operation(String method) {
        return Optional.ofNullable(operations.get(method.equals("HEAD") ? "GET" : method));
    }

    /** The value of {@code Allow}. */
    String allowed() {
        return Stream.concat(
                operations.keySet().stream().flatMap(method -> method.equals("GET") ? Stream.of("GET", "HEAD") : Stream.of(method)),
                Stream.of("OPTIONS")).collect(Collectors.joining(", "));
    }

    /** What callers know it by: denoise, or models {task}. */
    @Override
    public String toString() {
        return segments.stream().skip(1).collect(Collectors.joining(" "));
    }
}
