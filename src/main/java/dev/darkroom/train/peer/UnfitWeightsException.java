package dev.darkroom.train.peer;

/** A weights file belongs to another network; the message says what is missing. */
public final class UnfitWeightsException extends RuntimeException {

    UnfitWeightsException(String message) {
        super(message);
    }
}
