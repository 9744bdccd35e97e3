package dev.darkroom.http.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * The keys of a file: {@code NAME sha256:HEX ROLE,ROLE [requests-per-minute=N] [concurrent-requests=N]} on each line.
 *
 * <p>A key that is presented is compared with every one there is, each in constant time, so that how long it takes says nothing.
 */
final class ApiKeys {
    static final String REQUESTS = "requests-per-minute";
    static final String CONCURRENT = "concurrent-requests";
    private static final int MOST_KEYS = 10_000;
    private static final String HASH = "sha256:[0-9a-f]{64}";

    private final List<ApiKey> keys;
    private final BiPredicate<byte[], byte[]> equal;

    ApiKeys(List<ApiKey> keys) {
        this(keys, MessageDigest::isEqual);
    }

    ApiKeys(List<ApiKey> keys, BiPredicate<byte[], byte[]> equal) {
        this.keys = List.copyOf(keys);
        this.equal = equal;
    }

    /** @throws IllegalArgumentException naming the line that cannot be read, never what is in it */
    static ApiKeys read(Path file, Allowance otherwise) {
        try {
            return parse(Files.readAllLines(file), otherwise);
        } catch (IOException e) {
            throw new UncheckedIOException("the file of API keys cannot be read", e);
        }
    }

    static ApiKeys parse(List<String> lines, Allowance otherwise) {
        List<ApiKey> keys = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                ApiKey key = key(line.split("\\s+"), otherwise);
                require(names.add(key.name()), "its name has been used");
                require(keys.size() < MOST_KEYS, "there are too many keys");
                keys.add(key);
            } catch (IllegalArgumentException e) {
                String reason = e instanceof NumberFormatException ? "a number cannot be read" : e.getMessage();
                throw new IllegalArgumentException("line %d of the file of API keys: %s".formatted(i + 1, reason));
            }
        }
        require(!keys.isEmpty(), "the file of API keys has no key");
        return new ApiKeys(keys);
    }

    private static ApiKey key(String[] words, Allowance otherwise) {
        require(words.length >= 3, "a key has a name, a hash and roles");
        require(words[1].matches(HASH), "the hash is sha256: and 64 hexadecimal digits");
        Set<Role> roles = Arrays.stream(words[2].split(","))
                .map(name -> Role.find(name).orElseThrow(() -> new IllegalArgumentException("the roles are enhance, score and admin")))
                .collect(Collectors.toUnmodifiableSet());
        Allowance allowance = otherwise;
        for (String option : Arrays.asList(words).subList(3, words.length)) {
            allowance = with(allowance, option.split("=", 2));
        }
        return new ApiKey(words[0], HexFormat.of().parseHex(words[1].substring(7)), roles, allowance);
    }

    private static Allowance with(Allowance allowance, String[] option) {
        require(option.length == 2, "an option is NAME=NUMBER");
        OptionalInt value = OptionalInt.of(Integer.parseInt(option[1]));
        return switch (option[0]) {
            case REQUESTS -> new Allowance(value, allowance.concurrentRequests());
            case CONCURRENT -> new Allowance(allowance.requestsPerMinute(), value);
            default -> throw new IllegalArgumentException("the options are " + REQUESTS + " and " + CONCURRENT);
        };
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    Optional<ApiKey> find(String secret) {
        byte[] presented = ApiKey.sha256Of(secret);
        ApiKey found = null;
        for (ApiKey key : keys) {
            if (equal.test(key.sha256(), presented)) {
                found = key;
            }
        }
        return Optional.ofNullable(found);
    }

    int size() {
        return keys.size();
    }
}
