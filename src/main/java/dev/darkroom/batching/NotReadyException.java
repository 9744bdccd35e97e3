package dev.darkroom.batching;

/** The service takes no requests now: it is starting or shutting down. */
public final class NotReadyException extends RuntimeException {
    public NotReadyException(String message) {
        super(message);
    }
}
