package dev.darkroom.job;

/** An {@code Idempotency-Key} that is none. */
public final class InvalidKeyException extends RuntimeException {
    InvalidKeyException(int longest) {
        super("an Idempotency-Key has 1 to %d characters".formatted(longest));
    }
}
