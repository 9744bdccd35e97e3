package dev.darkroom.job;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Names of jobs: 128 bits, by chance, or by the caller's key, so that the same key leads to the same job in every process. */
public final class JobIds {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 16;

    private JobIds() {}

    static String of(String account, Optional<String> key) {
        if (key.isPresent()) {
            return digest(List.of(StandardCharsets.UTF_8.encode(account), StandardCharsets.UTF_8.encode(key.get()))).substring(0, 2 * BYTES);
        }
        byte[] id = new byte[BYTES];
        RANDOM.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /** SHA-256 of parts, each with its length before it. */
    public static String digest(List<ByteBuffer> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            parts.forEach(part -> {
                digest.update((part.remaining() + ":").getBytes(StandardCharsets.US_ASCII));
                digest.update(part.duplicate());
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
