package dev.darkroom.adopt;

/** A file cannot become a checkpoint of the store; the message says why, to whoever runs the command. */
final class AdoptionException extends RuntimeException {
    AdoptionException(String reason) {
        super(reason);
    }

    AdoptionException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
