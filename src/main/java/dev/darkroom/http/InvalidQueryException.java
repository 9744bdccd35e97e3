package dev.darkroom.http;

/** A query parameter is not known, comes twice or has a value that is not allowed; the message names it. */
public final class InvalidQueryException extends RuntimeException {
    public InvalidQueryException(String message) {
        super(message);
    }
}
