package dev.darkroom.inference;

/** The engine failed on a tile; the cause is for the log, not for the client. */
public final class InferenceFailedException extends RuntimeException {
    InferenceFailedException(Throwable cause) {
        super("The checkpoint failed on this image.", cause);
    }
}
