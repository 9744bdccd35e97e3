package dev.darkroom.http;

/** A request parameter has a value that is not allowed; the message names the parameter and what is. */
public final class InvalidParameterException extends RuntimeException {
    public InvalidParameterException(String message) {
        super(message);
    }
}
