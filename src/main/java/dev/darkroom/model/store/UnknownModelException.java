package dev.darkroom.model.store;

/** The store has no such checkpoint; the message names those it has. */
public final class UnknownModelException extends RuntimeException {

    UnknownModelException(String message) {
        super(message);
    }
}
