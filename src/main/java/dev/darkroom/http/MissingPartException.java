package dev.darkroom.http;

/** A form lacks a file that the request is about; the message names its part. */
public final class MissingPartException extends RuntimeException {
    public MissingPartException(String message) {
        super(message);
    }
}
