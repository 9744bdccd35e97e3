package dev.darkroom.image.file;

/** The image has more pixels than are allowed, than the output format can hold, or than there is memory for. */
public final class ImageTooLargeException extends ImageException {

    public ImageTooLargeException(String message) {
        super(message);
    }
}
