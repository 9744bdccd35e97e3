package dev.darkroom.model;

/** A requested model is written neither {@code LOSS} nor {@code LOSS@VERSION}. */
public final class InvalidModelRequestException extends RuntimeException {

    InvalidModelRequestException() {
        super("a model is written LOSS or LOSS@VERSION, for example pdl or d2sm@2");
    }
}
