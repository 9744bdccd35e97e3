package dev.darkroom.score;

/** A parameter of a scoring has a value that is not allowed; the message names the parameter and what is. */
public final class ScoreParameterException extends RuntimeException {
    public ScoreParameterException(String message) {
        super(message);
    }
}
