package dev.darkroom.image;

/** What is asked of an answer's file or size cannot be had; the message names the parameter and says what can. */
public final class OutputException extends RuntimeException {
    public OutputException(String message) {
        super(message);
    }

    static void require(boolean holds, String message) {
        if (!holds) {
            throw new OutputException(message);
        }
    }
}
