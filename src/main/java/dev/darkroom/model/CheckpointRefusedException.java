package dev.darkroom.model;

/** A checkpoint may not serve; the message says why in words that a client may read. */
public final class CheckpointRefusedException extends RuntimeException {

    public CheckpointRefusedException(String reason) {
        super(reason);
    }

    /** @param cause for the log only */
    public CheckpointRefusedException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
