package dev.darkroom.model.store;

/** The checkpoint exists, but cannot serve now. */
public final class ModelNotReadyException extends RuntimeException {

    ModelNotReadyException(String message) {
        super(message);
    }
}
