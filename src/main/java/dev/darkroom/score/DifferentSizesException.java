package dev.darkroom.score;

/** A picture is not of the size of the one it is to be compared with. */
public final class DifferentSizesException extends RuntimeException {

    public DifferentSizesException(int width, int height, int referenceWidth, int referenceHeight) {
        super("%d x %d pixels cannot be compared with the reference's %d x %d".formatted(width, height, referenceWidth, referenceHeight));
    }
}
