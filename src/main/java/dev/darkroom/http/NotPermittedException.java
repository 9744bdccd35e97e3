package dev.darkroom.http;

/** The caller may not do this; the message says what would have to change. */
public final class NotPermittedException extends RuntimeException {
    public NotPermittedException(String message) {
        super(message);
    }
}
