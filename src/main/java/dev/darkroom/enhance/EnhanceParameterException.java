package dev.darkroom.enhance;

/** A parameter of an enhancement has a value that is not allowed; the message names the parameter and what is. */
public final class EnhanceParameterException extends RuntimeException {
    public EnhanceParameterException(String message) {
        super(message);
    }
}
