package dev.darkroom.score;

/** A picture lets its background through, so that it has no colours of its own. */
public final class TransparentImageException extends RuntimeException {

    public TransparentImageException() {
        super("the image is transparent in places; only opaque ones can be compared");
    }
}
