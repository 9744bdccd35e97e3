package dev.darkroom.batching;

/** The queue takes no new work: the service is shutting down. */
public final class QueueClosedException extends RuntimeException {
    QueueClosedException() {
        super("The queue is closed.");
    }
}
