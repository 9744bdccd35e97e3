package dev.darkroom.loss.measure;

/** A measure does not have an option, or not with such a value. */
public final class MeasureOptionException extends RuntimeException {

    MeasureOptionException(String message) {
        super(message);
    }
}
