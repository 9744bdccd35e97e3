package dev.darkroom.job;

/** A job that has been begun too often and never ended. */
public final class JobGivenUpException extends RuntimeException {
    JobGivenUpException(int attempts) {
        super("the service ended %d times while it did this job".formatted(attempts));
    }
}
