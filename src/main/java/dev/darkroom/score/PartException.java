package dev.darkroom.score;

/** Something is wrong with one of several uploaded files; the problem is the cause's, its detail also names the file. */
public final class PartException extends RuntimeException {

    public PartException(String file, RuntimeException cause) {
        super("the file %s: %s".formatted(file, cause.getMessage()), cause);
    }
}
