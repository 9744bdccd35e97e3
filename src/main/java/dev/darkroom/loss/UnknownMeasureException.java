package dev.darkroom.loss;

/** No measure has this name. */
public final class UnknownMeasureException extends RuntimeException {

    UnknownMeasureException(String name, Iterable<String> known) {
        super("no measure is called '%s'; there are %s".formatted(name, String.join(", ", known)));
    }
}
