package dev.darkroom.http.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the service knows of an API key; the key itself is with its owner alone.
 *
 * <p>Keys are 256 random bits, so one SHA-256 keeps them: there is nothing to guess that a slow hash would protect.
 *
 * @param sha256 of the key's characters
 */
record ApiKey(String name, byte[] sha256, Set<Role> roles, Allowance allowance) {
    /** By which people and scanners for secrets recognise one. */
    static final String PREFIX = "dk_";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int RANDOM_BYTES = 32;

    /** @throws IllegalArgumentException saying what is wrong */
    ApiKey {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a key's name has up to 64 letters, digits, dots, hyphens and underscores");
        }
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("a key has at least one role");
        }
    }

    /** A new secret, for its owner. */
    static String secret() {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    static ApiKey of(String name, String secret, Set<Role> roles, Allowance allowance) {
        return new ApiKey(name, sha256Of(secret), roles, allowance);
    }

    static byte[] sha256Of(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its line in the file of keys. */
    String line() {
        return name + " sha256:" + HexFormat.of().formatHex(sha256) + " "
                + new TreeSet<>(roles).stream().map(Role::toString).collect(Collectors.joining(","))
                + option(ApiKeys.REQUESTS, allowance.requestsPerMinute()) + option(ApiKeys.CONCURRENT, allowance.concurrentRequests());
    }

    private static String option(String name, OptionalInt value) {
        return value.isPresent() ? " " + name + "=" + value.getAsInt() : "";
    }

    /** Without the hash, which has no place in a log either. */
    @Override
    public String toString() {
        return name + " " + roles;
    }
}
