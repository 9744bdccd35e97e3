package dev.darkroom.image.file;

/** An image that cannot be processed; the message is safe to show to whoever sent it. */
public abstract sealed class ImageException extends RuntimeException
        permits UnsupportedImageException, DamagedImageException, ImageTooLargeException {

    ImageException(String message) {
        super(message);
    }

    ImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
