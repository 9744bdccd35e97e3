package dev.darkroom.batching;

/** The work could not be finished before its deadline. */
public final class DeadlineExceededException extends RuntimeException {
    public DeadlineExceededException() {
        super("The deadline passed before the work was done.");
    }
}
