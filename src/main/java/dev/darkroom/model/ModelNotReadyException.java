package dev.darkroom.model;

/** The checkpoint exists, but cannot serve now. */
public final class ModelNotReadyException extends RuntimeException {

    ModelNotReadyException(String message) {
        super(message);
    }
}
