package dev.darkroom.enhance;

/** An intact picture that the task can do nothing with; the message says why. */
public final class UnfitImageException extends RuntimeException {
    public UnfitImageException(String message) {
        super(message);
    }
}
