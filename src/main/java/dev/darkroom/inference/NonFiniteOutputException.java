package dev.darkroom.inference;

/** The network answers with something that is no number, in float32 too. */
final class NonFiniteOutputException extends RuntimeException {
    NonFiniteOutputException() {
        super("the network's output has values that are not finite");
    }
}
