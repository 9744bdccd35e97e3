package dev.darkroom.image;

/** The image has more pixels than are allowed, or than the output format can hold. */
public final class ImageTooLargeException extends ImageException {

    ImageTooLargeException(String message) {
        super(message);
    }
}
