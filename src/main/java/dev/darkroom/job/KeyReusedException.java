package dev.darkroom.job;

/** An {@code Idempotency-Key} that stands for another request of the same caller. */
public final class KeyReusedException extends RuntimeException {
    KeyReusedException() {
        super("this Idempotency-Key stands for a request with other parameters or files; take a new one");
    }
}
