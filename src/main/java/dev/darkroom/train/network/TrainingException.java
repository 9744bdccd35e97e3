package dev.darkroom.train.network;

/** Training cannot start or go on for a reason the person at the command line can mend; the message says which. */
public final class TrainingException extends RuntimeException {
    public TrainingException(String message) {
        super(message);
    }

    public TrainingException(String message, Throwable cause) {
        super(message, cause);
    }
}
